package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.session.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement, or several, as a client asked for it.
 *
 * @param dialect {@code driver} or {@code sqlapi}
 * @param parameters statement-level parameters, names in upper case
 * @param describeOnly compile only
 * @param async answer at once with an in-progress reply
 */
public record Request(
        Session session,
        String dialect,
        String requestId,
        String sqlText,
        List<Binding> bindings,
        Map<String, String> parameters,
        boolean describeOnly,
        boolean async) {

    public @Nullable String parameter(String name) {
        String own = parameters.get(name);
        return own == null ? session.parameter(name) : own;
    }

    /** A numeric parameter; 0 when it is absent or no number. */
    public long number(String name) {
        String value = parameter(name);
        return value != null && value.matches("\\d{1,9}") ? Long.parseLong(value) : 0;
    }
}
