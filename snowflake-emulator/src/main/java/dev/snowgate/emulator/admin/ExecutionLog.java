package dev.snowgate.emulator.admin;

import dev.snowgate.emulator.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry per execution, from the moment it starts; the line in file and console is written when it has ended.
 * Keeps the newest 100,000 entries in memory. Thread-safe.
 */
public final class ExecutionLog {
    private static final int KEPT = 100_000;
    private final Map<String, LogEntry> entries = new LinkedHashMap<>();
    private final JsonMapper json = JsonMapper.builder().build();
    private final @Nullable Path file;
    private final boolean console;

    public ExecutionLog(@Nullable Path file, boolean console) {
        this.file = file;
        this.console = console;
    }

    public synchronized void started(LogEntry entry) {
        entries.put(entry.queryId(), entry);
        if (entries.size() > KEPT) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    public synchronized void ended(String queryId, String outcome, long rows) {
        LogEntry entry = entries.computeIfPresent(queryId, (id, old) -> old.ended(outcome, rows));
        if (entry != null && (console || file != null)) {
            write(entry);
        }
    }

    public synchronized List<LogEntry> entries() {
        return new ArrayList<>(entries.values());
    }

    public synchronized void clear() {
        entries.clear();
    }

    private void write(LogEntry entry) {
        String line = json.writeValueAsString(entry);
        if (console) {
            System.out.println(line);
        }
        if (file != null) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("The execution log can't be written", e);
            }
        }
    }
}
