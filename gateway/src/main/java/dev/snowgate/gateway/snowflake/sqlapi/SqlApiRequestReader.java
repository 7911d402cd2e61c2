package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestBody;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.RequestReader;
import dev.snowgate.gateway.snowflake.StatementParameters;
import dev.snowgate.gateway.snowflake.StatementTexts;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the requests of the SQL API. */
final class SqlApiRequestReader implements RequestReader {
    private static final Pattern BEARER = Pattern.compile("Bearer\\s+(\\S{1,16384})", Pattern.CASE_INSENSITIVE);
    /** What a timeout of 0 means. */
    private static final long LONGEST_TIMEOUT_SECONDS = 604_800;

    private final int mostCharacters;

    SqlApiRequestReader(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    @Override
    public ProtocolExchange recognise(RequestHead head) {
        return SqlApiPaths.recognise(head);
    }

    @Override
    public Credentials credentials(RequestHead head) {
        Matcher matcher = BEARER.matcher(head.header("Authorization").orElse("").strip());
        String type = head.header("X-Snowflake-Authorization-Token-Type")
                .orElse("OAUTH")
                .strip();
        return matcher.matches()
                ? new Credentials.Bearer(matcher.group(1), type.toUpperCase(Locale.ROOT))
                : new Credentials.None();
    }

    @Override
    public Statement statement(
            ProtocolExchange.StatementSubmission submission,
            RequestHead head,
            byte[] bytes,
            AgentSession session,
            Instant receivedAt) {
        head.requireJson();
        List<String> dropped = new ArrayList<>(SqlApiFields.STATEMENT.checkQuery(head));
        RequestBody body = RequestBody.read(bytes, SqlApiFields.STATEMENT);
        StatementTexts.requireSame(submission.requestId(), body.text("requestId"), "requestId");
        StatementParameters parameters =
                body.object("parameters").map(StatementParameters::read).orElseGet(StatementParameters::none);
        dropped.addAll(body.dropped());
        dropped.addAll(parameters.dropped());
        return new Statement(
                StatementId.random(),
                session,
                submission.requestId(),
                StatementTexts.required(body.text("statement"), "statement", mostCharacters),
                body.bindings(),
                parameters.forwarded(),
                context(session.context(), body, parameters),
                false,
                submission.async(),
                parameters.statementCount(),
                smaller(timeout(body), parameters.timeoutSeconds()),
                parameters.rowLimit(),
                parameters.queryTag().orElse(""),
                List.copyOf(dropped),
                receivedAt);
    }

    // The request's own names, exactly as written; the agent's configured defaults for those it leaves out.
    private static SessionContext context(SessionContext defaults, RequestBody body, StatementParameters parameters) {
        SortedMap<String, String> inForce = new TreeMap<>(defaults.parameters());
        inForce.putAll(parameters.tracked());
        return defaults.withRole(name(body, "role").orElse(defaults.role()))
                .withWarehouse(name(body, "warehouse").or(defaults::warehouse))
                .withNamespace(
                        name(body, "database").or(defaults::database),
                        name(body, "schema").or(defaults::schema))
                .withParameters(inForce);
    }

    private static Optional<String> name(RequestBody body, String field) {
        return body.text(field).filter(text -> !text.isEmpty());
    }

    private static OptionalLong timeout(RequestBody body) {
        Optional<Long> seconds = body.number("timeout");
        if (seconds.isEmpty()) {
            return OptionalLong.empty();
        }
        long given = seconds.get();
        if (given < 0 || given > LONGEST_TIMEOUT_SECONDS) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST,
                    "The field 'timeout' is not a number of seconds between 0 and " + LONGEST_TIMEOUT_SECONDS + ".");
        }
        return OptionalLong.of(given == 0 ? LONGEST_TIMEOUT_SECONDS : given);
    }

    private static OptionalLong smaller(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }
}
