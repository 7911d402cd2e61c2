package dev.snowgate.gateway.snowflake;

import static dev.snowgate.gateway.snowflake.SessionParameters.Treatment.FORWARD;
import static dev.snowgate.gateway.snowflake.SessionParameters.Treatment.OURS;
import static dev.snowgate.gateway.snowflake.SessionParameters.Treatment.REFUSE;
import static dev.snowgate.gateway.snowflake.SessionParameters.Treatment.TRACKED;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one table of session and statement parameters, for all four doors: log-in, statement, {@code ALTER SESSION} and the SQL
 * API. What it says of each name is described in {@code docs/parameters.md}.
 */
public final class SessionParameters {
    /** What becomes of a parameter. */
    public enum Treatment {
        /** Sent upstream as the client gave it. */
        FORWARD,
        /** Sent upstream and part of the session's context, because it changes what a statement means. */
        TRACKED,
        /** The gateway's value always wins. */
        OURS,
        /** It would weaken a control: the request is refused. */
        REFUSE,
        /** Not in the table: dropped at log-in and at statement level, refused in ALTER SESSION. */
        UNKNOWN
    }

    /** The names under which each driver asks for a result format. */
    public static final List<String> RESULT_FORMATS = List.of(
            "C_API_QUERY_RESULT_FORMAT",
            "DOTNET_QUERY_RESULT_FORMAT",
            "GO_QUERY_RESULT_FORMAT",
            "JDBC_QUERY_RESULT_FORMAT",
            "NODEJS_QUERY_RESULT_FORMAT",
            "ODBC_QUERY_RESULT_FORMAT",
            "PHP_QUERY_RESULT_FORMAT",
            "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT",
            "SQL_API_QUERY_RESULT_FORMAT");

    private static final SortedMap<String, Treatment> TABLE = table();

    private SessionParameters() {}

    /** What becomes of the parameter of that name, whatever its case. */
    public static Treatment treatmentOf(String name) {
        return TABLE.getOrDefault(name.toUpperCase(Locale.ROOT), Treatment.UNKNOWN);
    }

    /** The whole table, by upper-case name. */
    public static SortedMap<String, Treatment> all() {
        return java.util.Collections.unmodifiableSortedMap(TABLE);
    }

    private static SortedMap<String, Treatment> table() {
        SortedMap<String, Treatment> table = new TreeMap<>();
        add(table, FORWARD, """
                BINARY_OUTPUT_FORMAT CLIENT_CONSENT_CACHE_ID_TOKEN CLIENT_DISABLE_INCIDENTS CLIENT_ENABLE_CONSERVATIVE_MEMORY_USAGE
                CLIENT_ENABLE_DEFAULT_OVERWRITE_IN_PUT CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS
                CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ CLIENT_MEMORY_LIMIT CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX
                CLIENT_METADATA_USE_SESSION_DATABASE CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED CLIENT_PREFETCH_SLOTS
                CLIENT_PREFETCH_THREADS CLIENT_RESULT_CHUNK_SIZE CLIENT_RESULT_COLUMN_CASE_INSENSITIVE
                CLIENT_RESULT_PREFETCH_SLOTS CLIENT_RESULT_PREFETCH_THREADS CLIENT_SESSION_KEEP_ALIVE
                CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY CLIENT_TELEMETRY_ENABLED
                CLIENT_TELEMETRY_SESSIONLESS_ENABLED CLIENT_TIMESTAMP_TYPE_MAPPING CLIENT_TREAT_TIME_AS_WALL_CLOCK_TIME
                CLIENT_USE_V1_QUERY_API CLIENT_VALIDATE_DEFAULT_PARAMETERS CSV_TIMESTAMP_FORMAT DATE_OUTPUT_FORMAT
                ERROR_ON_NONDETERMINISTIC_MERGE ERROR_ON_NONDETERMINISTIC_UPDATE GEOGRAPHY_OUTPUT_FORMAT
                GEOMETRY_OUTPUT_FORMAT JDBC_FORMAT_DATE_WITH_TIMEZONE JDBC_TREAT_DECIMAL_AS_INT
                JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC JDBC_USE_SESSION_TIMEZONE JSON_INDENT LOCK_TIMEOUT
                ODBC_TREAT_DECIMAL_AS_INT STRICT_JSON_OUTPUT TIMESTAMP_LTZ_OUTPUT_FORMAT TIMESTAMP_NTZ_OUTPUT_FORMAT
                TIMESTAMP_OUTPUT_FORMAT TIMESTAMP_TZ_OUTPUT_FORMAT TIMEZONE TIME_OUTPUT_FORMAT
                TRANSACTION_DEFAULT_ISOLATION_LEVEL USE_CACHED_RESULT WEEK_OF_YEAR_POLICY WEEK_START
                """);
        add(table, TRACKED, """
                AUTOCOMMIT BINARY_INPUT_FORMAT DATE_INPUT_FORMAT DEFAULT_NULL_ORDERING QUOTED_IDENTIFIERS_IGNORE_CASE SEARCH_PATH
                TIMESTAMP_DAY_IS_ALWAYS_24H TIMESTAMP_INPUT_FORMAT TIMESTAMP_TYPE_MAPPING TIME_INPUT_FORMAT
                TRANSACTION_ABORT_ON_ERROR TWO_DIGIT_CENTURY_START
                """);
        add(table, OURS, """
                ABORT_DETACHED_QUERY CLIENT_STAGE_ARRAY_BINDING_THRESHOLD JDBC_ENABLE_COMBINED_DESCRIBE
                MULTI_STATEMENT_COUNT QUERY_TAG QUERY_TIMEOUT ROWS_PER_RESULTSET STATEMENT_QUEUED_TIMEOUT_IN_SECONDS
                STATEMENT_TIMEOUT_IN_SECONDS
                """);
        RESULT_FORMATS.forEach(name -> table.put(name, OURS));
        add(table, REFUSE, """
                ENABLE_UNREDACTED_QUERY_SYNTAX_ERROR ENABLE_UNREDACTED_SECURE_OBJECT_ERROR EVENT_TABLE
                JDBC_ENABLE_PUT_GET LOG_LEVEL METRIC_LEVEL NETWORK_POLICY
                PREVENT_UNLOAD_TO_INLINE_URL PREVENT_UNLOAD_TO_INTERNAL_STAGES
                REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_CREATION REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_OPERATION
                S3_STAGE_VPCE_DNS_NAME SECONDARY_ROLES SIMULATED_DATA_SHARING_CONSUMER TRACE_LEVEL
                """);
        return table;
    }

    private static void add(SortedMap<String, Treatment> table, Treatment treatment, String names) {
        for (String name : names.strip().split("\\s+")) {
            table.put(name, treatment);
        }
    }
}
