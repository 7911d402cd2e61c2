package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.StoredResult;
import java.util.Locale;

/** The wire form of a result: decided here, by parameters and the kind of client, as the server does. */
final class Formats {
    private Formats() {}

    static StoredResult.Format of(Request request) {
        if (request.dialect().equals("sqlapi")) {
            return StoredResult.Format.JSON_V2;
        }
        String parameter = switch (request.session().clientApp().toUpperCase(Locale.ROOT)) {
            case "JDBC" -> "JDBC_QUERY_RESULT_FORMAT";
            case "PYTHONCONNECTOR" -> "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT";
            case "GO" -> "GO_QUERY_RESULT_FORMAT";
            case "ODBC" -> "ODBC_QUERY_RESULT_FORMAT";
            case "C_API", "C API" -> "C_API_QUERY_RESULT_FORMAT";
            default -> "";
        };
        if (parameter.isEmpty()) {
            return StoredResult.Format.JSON;
        }
        String value = request.parameter(parameter);
        boolean arrow = value == null || value.toUpperCase(Locale.ROOT).startsWith("ARROW");
        return arrow ? StoredResult.Format.ARROW : StoredResult.Format.JSON;
    }

    /** For statements whose results are JSON even in Arrow sessions. */
    static StoredResult.Format json(Request request) {
        return request.dialect().equals("sqlapi") ? StoredResult.Format.JSON_V2 : StoredResult.Format.JSON;
    }
}
