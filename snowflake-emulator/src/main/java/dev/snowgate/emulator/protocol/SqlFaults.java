package dev.snowgate.emulator.protocol;

import dev.snowgate.emulator.Fault;
import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.admin.FaultList;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Strikes with the scripted faults that match a statement's text. */
public final class SqlFaults {
    private static final EnumSet<Fault.Kind> KINDS =
            EnumSet.of(Fault.Kind.DELAY, Fault.Kind.STATUS, Fault.Kind.RESET, Fault.Kind.EXPIRE_SESSION_TOKEN);
    private final FaultList faults;

    public SqlFaults(FaultList faults) {
        this.faults = faults;
    }

    /**
     * Answers a statement or misbehaves. RESET with a value above 0 cuts the connection after the statement was
     * started, with 0 before; all others strike before.
     */
    public Reply around(String sqlText, Supplier<Reply> answer) {
        @Nullable Fault fault = faults.forSql(sqlText, KINDS);
        if (fault == null) {
            return answer.get();
        }
        return switch (fault.kind()) {
            case STATUS -> Reply.json((int) fault.value(), Json.object().put("fault", "scripted"));
            case EXPIRE_SESSION_TOKEN ->
                throw new Refused("390112", "08001", "Your session has expired. Please login again.");
            case RESET -> {
                Reply lost = fault.value() > 0 ? answer.get() : null;
                yield lost == null || lost.status() > 0 ? Reply.cut() : lost;
            }
            default -> {
                try {
                    Thread.sleep(fault.value());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield answer.get();
            }
        };
    }
}
