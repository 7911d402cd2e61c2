package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.FieldTable.Treatment.DROP;
import static dev.snowgate.gateway.snowflake.FieldTable.Treatment.FORWARD;
import static dev.snowgate.gateway.snowflake.FieldTable.Treatment.OURS;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.ANY;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.BOOLEAN;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.OBJECT;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.TEXT;

import dev.snowgate.gateway.snowflake.FieldTable;

/** The field tables of the drivers' protocol. */
final class DriverFields {
    /** {@code POST /queries/v1/query-request}. */
    static final FieldTable STATEMENT = FieldTable.create()
            .field("sqlText", TEXT, FORWARD)
            .field("asyncExec", BOOLEAN, FORWARD)
            .field("bindings", OBJECT, FORWARD)
            .field("parameters", OBJECT, FORWARD)
            .field("describeOnly", BOOLEAN, OURS)
            .field("isInternal", BOOLEAN, OURS)
            .field("sequenceId", ANY, OURS)
            .field("querySubmissionTime", ANY, OURS)
            .field("requestId", TEXT, OURS)
            // Tables with row storage: Snowflake works without it, the agent's copy is not trusted.
            .field("queryContextDTO", ANY, OURS)
            .field("describedJobId", ANY, OURS)
            .field("disableOfflineChunks", ANY, OURS)
            // A second form of the statement, which nobody analyses; the text is what runs.
            .field("dataframeAst", ANY, DROP)
            .refused(
                    "bindStage",
                    "Bound values must be sent in the request: set CLIENT_STAGE_ARRAY_BINDING_THRESHOLD to 0.")
            .parameter("requestId", OURS)
            .parameter("request_guid", OURS)
            .parameter("clientStartTime", OURS)
            .parameter("retryCount", OURS)
            .parameter("retryReason", OURS)
            .parameter("combinedDescribe", DROP);

    /** {@code POST /session/v1/login-request}: the outer object. */
    static final FieldTable LOGIN =
            FieldTable.create().field("data", OBJECT, FORWARD).field("inFlightCtx", ANY, DROP);

    /** {@code data} of a log-in. Passwords and the like are read by nobody: the one accepted method has a token. */
    static final FieldTable LOGIN_DATA = FieldTable.create()
            .field("ACCOUNT_NAME", TEXT, OURS)
            .field("LOGIN_NAME", TEXT, OURS)
            .field("AUTHENTICATOR", TEXT, OURS)
            .field("TOKEN", TEXT, OURS)
            .field("CLIENT_APP_ID", TEXT, OURS)
            .field("CLIENT_APP_VERSION", TEXT, OURS)
            .field("CLIENT_ENVIRONMENT", OBJECT, OURS)
            .field("SESSION_PARAMETERS", OBJECT, FORWARD)
            .field("SVN_REVISION", ANY, OURS)
            .field("EXT_AUTHN_DUO_METHOD", ANY, OURS)
            .field("PASSWORD", ANY, OURS)
            .field("PASSCODE", ANY, OURS)
            .field("PROVIDER", ANY, OURS)
            .field("PROOF_KEY", ANY, OURS)
            .field("RAW_SAML_RESPONSE", ANY, OURS)
            .field("SPCS_TOKEN", ANY, OURS)
            .field("SECONDARY_ROLES", ANY, DROP);

    /** {@code POST /session/token-request}. */
    static final FieldTable RENEWAL =
            FieldTable.create().field("oldSessionToken", TEXT, OURS).field("requestType", TEXT, OURS);

    /** {@code POST /queries/v1/abort-request}; its {@code requestId} is the statement's, the query's is its own. */
    static final FieldTable ABORT =
            FieldTable.create().field("requestId", TEXT, OURS).field("sqlText", ANY, OURS);

    private DriverFields() {}
}
