package dev.snowgate.gateway.snowflake;

import dev.snowgate.model.agent.ClientApplication;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which result format a client asks for. Each driver has a parameter of its own; its value is the statement's, else the session's,
 * else what Snowflake sends to that driver. Nothing else is ever asked for upstream.
 */
public final class ResultFormats {
    private static final Set<String> VALUES = Set.of("JSON", "ARROW", "ARROW_FORCE");

    /** A driver's parameter, and what its clients get who say nothing. */
    private record Wish(String parameter, String otherwise) {}

    private static final Map<String, Wish> DRIVERS = Map.of(
            "JDBC", new Wish("JDBC_QUERY_RESULT_FORMAT", "ARROW"),
            "PYTHONCONNECTOR", new Wish("PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "ARROW"),
            "GO", new Wish("GO_QUERY_RESULT_FORMAT", "ARROW"),
            "ODBC", new Wish("ODBC_QUERY_RESULT_FORMAT", "ARROW"),
            "C API", new Wish("C_API_QUERY_RESULT_FORMAT", "JSON"),
            "PHP_PDO", new Wish("PHP_QUERY_RESULT_FORMAT", "JSON"),
            ".NET", new Wish("DOTNET_QUERY_RESULT_FORMAT", "JSON"));

    private ResultFormats() {}

    /**
     * Whether Snowflake decides the format for this driver by its name and version, so that they are told upstream; others are known to
     * it as Snowgate.
     */
    public static boolean knows(ClientApplication client) {
        return DRIVERS.containsKey(client.name().strip().toUpperCase(Locale.ROOT))
                && client.version().matches("[0-9]{1,4}([.][0-9]{1,6}){1,3}");
    }

    /** Whether a value is one that a client may ask for. */
    public static boolean isValue(String value) {
        return VALUES.contains(value.toUpperCase(Locale.ROOT));
    }

    /**
     * The value for every format parameter: the client's own for its own, JSON for the others.
     *
     * @param client the driver's name as it gives it at log-in
     * @param statement parameters of the statement, by upper-case name
     * @param session parameters of the session, by upper-case name
     */
    public static Map<String, String> of(String client, Map<String, String> statement, Map<String, String> session) {
        Map<String, String> formats = new java.util.TreeMap<>();
        SessionParameters.RESULT_FORMATS.forEach(name -> formats.put(name, "JSON"));
        Wish wish = DRIVERS.get(client.strip().toUpperCase(Locale.ROOT));
        if (wish != null) {
            String asked = value(statement, wish.parameter)
                    .or(() -> value(session, wish.parameter))
                    .orElse(wish.otherwise);
            formats.put(wish.parameter, asked);
        }
        return formats;
    }

    private static Optional<String> value(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(value -> value.toUpperCase(Locale.ROOT))
                .filter(VALUES::contains);
    }
}
