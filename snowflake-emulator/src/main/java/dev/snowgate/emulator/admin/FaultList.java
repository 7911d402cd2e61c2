package dev.snowgate.emulator.admin;

import dev.snowgate.emulator.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scripted faults that are still to strike, oldest first. Thread-safe. */
public final class FaultList {
    private final List<Armed> faults = new ArrayList<>();
    private volatile boolean any;

    public synchronized void add(Fault fault) {
        String sql = fault.sqlPattern();
        Pattern pattern = sql == null ? null : Pattern.compile(sql, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        faults.add(new Armed(fault, pattern, Math.max(1, fault.count())));
        any = true;
    }

    public synchronized void clear() {
        faults.clear();
        any = false;
    }

    public synchronized List<Fault> remaining() {
        return faults.stream().map(Armed::fault).toList();
    }

    /** The next fault of one of these kinds for a request path; uses it up. */
    public @Nullable Fault forPath(String path, EnumSet<Fault.Kind> kinds) {
        return any ? take(path, null, kinds) : null;
    }

    /** The next fault of one of these kinds for a statement; uses it up. */
    public @Nullable Fault forSql(String sqlText, EnumSet<Fault.Kind> kinds) {
        return any ? take(null, sqlText, kinds) : null;
    }

    private synchronized @Nullable Fault take(@Nullable String path, @Nullable String sql, Set<Fault.Kind> kinds) {
        for (int i = 0; i < faults.size(); i++) {
            Armed armed = faults.get(i);
            if (kinds.contains(armed.fault.kind()) && armed.matches(path, sql)) {
                if (armed.left == 1) {
                    faults.remove(i);
                    any = !faults.isEmpty();
                } else {
                    faults.set(i, new Armed(armed.fault, armed.pattern, armed.left - 1));
                }
                return armed.fault;
            }
        }
        return null;
    }

    private record Armed(Fault fault, @Nullable Pattern pattern, int left) {
        boolean matches(@Nullable String path, @Nullable String sql) {
            if (path != null) {
                String prefix = fault.pathPrefix();
                return prefix != null && path.startsWith(prefix);
            }
            return pattern != null && sql != null && pattern.matcher(sql).find();
        }
    }
}
