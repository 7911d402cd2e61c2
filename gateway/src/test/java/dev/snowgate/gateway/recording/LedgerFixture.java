package dev.snowgate.gateway.recording;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.ChainVerifier;
import dev.snowgate.recording.ChainedEvent;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.WrappedKey;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import dev.snowgate.testing.TestDatabase;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** A database of its own with two replicas' ledgers, and the values that the pipeline would make. */
public final class LedgerFixture implements AutoCloseable {
    public static final String ACCOUNT = "acme";
    public static final ObjectName ORDERS = new ObjectName("PROD", "CRM", "ORDERS");
    public final TestDatabase database = TestDatabase.create();
    public final DatabaseProperties properties = new DatabaseProperties(
            database.gateway().r2dbcUrl(),
            database.gateway().user(),
            database.gateway().password(),
            null,
            8,
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5));
    public final ConnectionFactory unpooled = DatabaseConfiguration.unpooled(properties);
    public final ConnectionPool pool = DatabaseConfiguration.pool(unpooled, properties);
    public final DatabaseStore store = new DatabaseStore(pool, properties.statementTimeout());
    public final KeyRing ring = ring();
    public final KeyStore keys = new KeyStore(store, ring);
    public final EventStore events = new EventStore(store);
    public final UseStore uses = new UseStore(store, events, Clock.systemUTC());
    public final LedgerStore ledger = replica();
    public final LedgerStore otherReplica = replica();
    public final RecorderStore recorder = new RecorderStore(store, keys, events, Clock.systemUTC());

    /** The context of the session as it is stored now. */
    public SessionContext context(SessionId session) {
        return Objects.requireNonNull(
                store.sql("select context from agent_session where id = :id", Map.of("id", session.value()))
                        .map(row -> Encoding.SESSION_CONTEXT.decode(RowStore.bytes(row, "context")))
                        .one()
                        .block());
    }

    private LedgerStore replica() {
        return new LedgerStore(store, keys, events, uses, Lease.ofNewReplica(), Clock.systemUTC());
    }

    private static KeyRing ring() {
        try {
            return KeyRing.generate(Files.createTempDirectory("snowgate-keys").resolve("keys"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An open session of an agent that acts for that person. */
    public AgentSession session(Dialect dialect, String agent, String person) {
        SessionId id = SessionId.random();
        SessionContext context = SessionContext.of(
                ACCOUNT, "AGENT_USER", "AGENT_ROLE", Optional.of("WH"), Optional.of("PROD"), Optional.of("CRM"));
        WrappedKey key = ring.wrap(DataKey.create(), id);
        Instant expires = Instant.now().plus(Duration.ofHours(1));
        execute(
                """
                insert into agent_session (id, account, dialect, agent, issuer, person_issuer, person_claim, expires_at, context, data_key,
                    kek_id) values (?, ?, ?, ?, 'idp', 'idp', ?, ?, ?, ?, ?)
                """,
                id.value(),
                ACCOUNT,
                dialect.name(),
                agent,
                person,
                Timestamp.from(expires),
                Encoding.SESSION_CONTEXT.encode(context),
                key.bytes(),
                key.keyId());
        Principal principal = new Principal(
                new AgentId(agent), "idp", Set.of("analysts"), Optional.of(new PersonId("idp", person)), Set.of());
        return new AgentSession(
                id,
                ACCOUNT,
                dialect,
                principal,
                new ClientApplication("JDBC", "4.4.1"),
                "127.0.0.1",
                context,
                false,
                expires);
    }

    public AgentSession session() {
        return session(Dialect.DRIVER, "copilot", "ann@example.com");
    }

    public Statement statement(AgentSession session, String text) {
        return statement(session, text, UUID.randomUUID().toString(), false, false);
    }

    public Statement statement(
            AgentSession session, String text, String requestId, boolean async, boolean describeOnly) {
        byte[] bound = "[\"4711\"]".getBytes(StandardCharsets.UTF_8);
        return new Statement(
                StatementId.random(),
                session,
                requestId,
                text,
                new Bindings(bound, digest("bound")),
                Map.of("TIMEZONE", "UTC"),
                session.context(),
                describeOnly,
                async,
                OptionalInt.of(1),
                OptionalLong.empty(),
                OptionalLong.of(10),
                "their tag",
                List.of("dataframeAst"),
                Instant.now());
    }

    /** Received: its entry as the ledger gave it. */
    public LedgerEntry received(Statement statement) {
        return ledger.receive(statement, digest(statement.text()), UUID.randomUUID())
                .block()
                .entry();
    }

    public AnalysedStatement analysed(Statement statement) {
        return analysed(statement, Effect.READ);
    }

    public AnalysedStatement analysed(Statement statement, Effect... effects) {
        return new AnalysedStatement(
                statement,
                new SqlAnalysis.Understood(executed(statement.text()), List.of(one(statement, "A", effects))),
                CatalogSnapshot.empty(ACCOUNT));
    }

    public AnalysedStatement several(Statement statement, int count) {
        List<StatementAnalysis> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(one(statement, "C" + i, Effect.READ));
        }
        return new AnalysedStatement(
                statement,
                new SqlAnalysis.Understood(executed(statement.text()), list),
                CatalogSnapshot.empty(ACCOUNT));
    }

    static ExecutedText executed(String text) {
        return new ExecutedText(text, text.replaceAll("'[^']*'", "‹1›"), List.of("'secret'"), List.of(), List.of());
    }

    static StatementAnalysis one(Statement statement, String column, Effect... effects) {
        return new StatementAnalysis(
                StatementKind.SELECT,
                Set.of(effects),
                List.of(new ObjectUse(ORDERS, ObjectKind.TABLE, effects[0], true)),
                List.of(),
                List.of(new OutputColumn(column, Set.of(), OutputColumn.Derivation.CONSTANT)),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                false,
                statement.context(),
                true,
                new TextSpan(0, 1),
                "Read PROD.CRM.ORDERS",
                Set.of());
    }

    public static MaskPlan plan(String column) {
        return new MaskPlan(List.of(new MaskPlan.PlannedColumn(column, Optional.empty(), "", "")), true);
    }

    public UpstreamCall call(AnalysedStatement analysed, LedgerEntry entry) {
        Statement s = analysed.statement();
        return new UpstreamCall(
                s.id(),
                s.session(),
                s.text(),
                s.bindings(),
                s.parameters(),
                s.context(),
                1,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "tag",
                entry.upstreamRequestId(),
                s.async());
    }

    public ClearedStatement cleared(AnalysedStatement analysed, LedgerEntry entry, Decision.Allow allow) {
        return ClearedStatement.allowed(call(analysed, entry), allow);
    }

    public static UpstreamReply.Complete reply(String queryId, String... children) {
        return new UpstreamReply.Complete(
                new QueryId(queryId),
                List.of(),
                3,
                3,
                0,
                Map.of(),
                List.of(children).stream().map(QueryId::new).toList(),
                0,
                new Body());
    }

    /** A reply that nobody looks into. */
    record Body() implements dev.snowgate.gateway.statement.ReplyBody {}

    public static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A review as the console writes it. */
    public void review(long request, String verdict, String comment) {
        try (Connection console = database.console().connect();
                PreparedStatement insert = console.prepareStatement("""
                        insert into approval_review (request_id, reviewer_person, reviewer_name, verdict, comment)
                        values (?, 'bob@example.com', 'Bob', ?, ?)
                        """)) {
            insert.setLong(1, request);
            insert.setString(2, verdict);
            insert.setString(3, comment);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the superuser, for what tests arrange or look at. */
    public void execute(String sql, Object... parameters) {
        try (Connection admin = database.admin().connect();
                PreparedStatement statement = admin.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String query(String sql, Object... parameters) {
        try (Connection admin = database.admin().connect();
                PreparedStatement statement = admin.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All rows of the second statement, on the connection that ran the first. */
    public String lines(String before, String sql) {
        StringBuilder lines = new StringBuilder();
        try (Connection admin = database.admin().connect();
                java.sql.Statement statement = admin.createStatement()) {
            statement.execute(before);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
            }
            return lines.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kinds of the session's events, in order. */
    public List<String> kinds(SessionId session) {
        String kinds = query(
                "select coalesce(string_agg(kind, ',' order by seq), '') from session_event where session_id = ?",
                session.value());
        return kinds.isEmpty() ? List.of() : List.of(kinds.split(","));
    }

    /** The proof of the session's chain. */
    public ChainReport verify(SessionId session) {
        try (Connection admin = database.admin().connect();
                PreparedStatement select = admin.prepareStatement("""
                        select e.seq, e.at, e.kind, e.statement_id, e.actor, e.body, e.sealed, e.digest, e.link, h.seq, h.link
                        from session_event e join session_head h using (session_id) where session_id = ? order by e.seq
                        """)) {
            select.setObject(1, session.value());
            List<ChainedEvent> chain = new ArrayList<>();
            long headSeq = 0;
            byte[] headLink = new byte[0];
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    chain.add(new ChainedEvent(
                            rows.getLong(1),
                            rows.getTimestamp(2).toInstant(),
                            rows.getString(3),
                            Optional.ofNullable(rows.getObject(4, UUID.class)),
                            rows.getString(5),
                            rows.getBytes(6),
                            rows.getBytes(7),
                            rows.getBytes(8),
                            rows.getBytes(9)));
                    headSeq = rows.getLong(10);
                    headLink = rows.getBytes(11);
                }
            }
            return ChainVerifier.verify(session, chain, headSeq, headLink);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ledger.close();
        otherReplica.close();
        pool.dispose();
        database.close();
    }
}
