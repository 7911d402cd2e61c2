package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Values that the tests of both dialects share. */
public final class ProtocolFixture {
    public static final StatementId STATEMENT =
            new StatementId(UUID.fromString("5e000000-0000-8000-8000-000000000001"));
    public static final UUID UPSTREAM_REQUEST = UUID.fromString("11111111-2222-3333-4444-555555555555");
    public static final String QUERY_ID = "01b2c3d4-0000-0000-0000-000000000009";
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private ProtocolFixture() {}

    public static AgentSession session(Dialect dialect) {
        SessionContext context = SessionContext.of(
                        "ACME", "AGENT_BOT", "ANALYST", Optional.of("WH"), Optional.of("PROD"), Optional.of("PUBLIC"))
                .withParameters(new TreeMap<>(Map.of("AUTOCOMMIT", "true")));
        return new AgentSession(
                new SessionId(UUID.fromString("00000000-0000-4000-8000-000000000001")),
                "ACME",
                dialect,
                new Principal(new AgentId("reporter"), "dev", Set.of(), Optional.empty(), Set.of()),
                new ClientApplication("JDBC", "4.4.1"),
                "127.0.0.1",
                context,
                false,
                NOW.plusSeconds(3_600));
    }

    public static UpstreamCall call(Dialect dialect, Bindings bindings, Map<String, String> parameters) {
        AgentSession session = session(dialect);
        return new UpstreamCall(
                STATEMENT,
                session,
                "select 1",
                bindings,
                parameters,
                session.context(),
                2,
                OptionalLong.of(60),
                OptionalLong.of(1_000),
                "{\"tool\":\"snowgate\"}",
                UPSTREAM_REQUEST,
                false);
    }

    public static RequestHead head(String method, String path, Map<String, List<String>> query) {
        return head(method, path, query, Map.of());
    }

    public static RequestHead head(
            String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers) {
        return new RequestHead(method, path, query, headers, "127.0.0.1");
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of a reply of Snowflake. */
    public static ByteSource source(String text) {
        return ByteSource.of(utf8(text));
    }

    /** The body of a reply of ours that is whole. */
    public static String text(Reply reply) {
        return new String(((EncodedReply) reply).body(), StandardCharsets.UTF_8);
    }
}
