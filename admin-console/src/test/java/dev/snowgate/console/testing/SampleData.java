package dev.snowgate.console.testing;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Obligations;
import dev.snowgate.policy.PolicyTrail;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.recording.RecordedDecision.Effect;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.Place;
import dev.snowgate.sealing.WrappedKey;
import dev.snowgate.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes sessions, statements, requests and a catalog as the gateway would, with times of our choice. */
public final class SampleData {
    private final TestDatabase database;
    private final KeyRing ring;
    private final Map<SessionId, DataKey> keys = new HashMap<>();
    private final List<EncodedEvent> pending = new ArrayList<>();

    public SampleData(TestDatabase database, KeyRing ring) {
        this.database = database;
        this.ring = ring;
    }

    /** A session of an agent; an absent person is one without anybody behind it. */
    public SessionId session(String agent, Optional<String> person, List<String> owners, Instant openedAt) {
        SessionId id = SessionId.random();
        DataKey key = DataKey.create();
        keys.put(id, key);
        WrappedKey wrapped = ring.wrap(key, id);
        run(
                database.admin(),
                false,
                """
                insert into agent_session (id, account, dialect, agent, issuer, person_issuer, person_claim, groups, owners, client_name,
                    client_version, network, opened_at, expires_at, last_seen_at, context, data_key, kek_id)
                values (?, 'acme-eu1', 'DRIVER', ?, 'idp', ?, ?, '{support}', ?, 'Python connector', '4.1', '10.4.7.22', ?, ?, ?, ?, ?, ?)
                """,
                id.value(),
                agent,
                person.map(p -> "idp").orElse(null),
                person.orElse(null),
                owners.toArray(new String[0]),
                Timestamp.from(openedAt),
                Timestamp.from(openedAt.plus(Duration.ofHours(24))),
                Timestamp.from(openedAt),
                Encoding.SESSION_CONTEXT.encode(Sample.CONTEXT),
                wrapped.bytes(),
                wrapped.keyId());
        append(SessionEvent.of(
                id,
                EventKind.SESSION_OPENED,
                openedAt,
                agent,
                Map.of("client", "Python connector 4.1", "network", "10.4.7.22")));
        return id;
    }

    /** What a statement of the sample session became. */
    public record Fate(
            String state, Effect effect, String rule, String reason, long rows, long maskedCells, Duration waited) {}

    /** A statement with its events; held ones wait before their end. */
    public StatementId statement(SessionId session, String agent, Sample sample, Instant at, Fate fate) {
        StatementId id = StatementId.random();
        DataKey key = keys.get(session);
        byte[] sealed = key.seal(Encoding.STATEMENT_TEXT.encode(sample.text()), Place.ofStatement(id, "sealed_text"));
        RecordedDecision decision = decision(sample, fate, at);
        Instant released = at.plus(fate.waited());
        boolean ended = !fate.state().equals("HELD");
        run(
                database.admin(),
                true,
                """
                insert into statement (id, session_id, account, agent, dialect, request_id, request_digest, upstream_request_id, state, title, shape,
                    sealed_text, context, epoch, analysis, decision, effect, rule, reason, mask_plan, policy_version, catalog_version,
                    statement_digest, received_at, decided_at, released_at, ended_at, expires_at, rows, bytes, masked_cells, upstream_query_id)
                values (?, ?, 'acme-eu1', ?, 'DRIVER', ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 31, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id.value(),
                session.value(),
                agent,
                UUID.randomUUID().toString(),
                new byte[32],
                UUID.randomUUID(),
                fate.state(),
                sample.title(),
                sample.executed().shape(),
                sealed,
                Encoding.SESSION_CONTEXT.encode(Sample.CONTEXT),
                Encoding.ANALYSIS.encode(sample.analysis()),
                Encoding.DECISION.encode(decision),
                fate.effect().name(),
                fate.rule(),
                fate.reason(),
                Encoding.MASK_PLAN.encode(sample.plan()),
                digest(id),
                Timestamp.from(at),
                Timestamp.from(at.plusMillis(3)),
                fate.waited().isZero() ? null : Timestamp.from(released),
                ended ? Timestamp.from(released.plusMillis(900)) : null,
                Timestamp.from(released.plus(Duration.ofHours(1))),
                ended ? fate.rows() : null,
                ended ? fate.rows() * 242 : null,
                ended ? fate.maskedCells() : null,
                ended ? UUID.randomUUID().toString() : null);
        events(session, id, agent, fate, at, released);
        return id;
    }

    private void events(SessionId session, StatementId id, String agent, Fate fate, Instant at, Instant released) {
        append(SessionEvent.of(session, id, EventKind.RECEIVED, at, agent, Map.of()));
        append(SessionEvent.of(
                session,
                id,
                EventKind.DECIDED,
                at.plusMillis(3),
                "gateway",
                Map.of("rule", fate.rule(), "effect", fate.effect().name())));
        if (fate.effect() == Effect.DENY) {
            append(SessionEvent.of(
                    session, id, EventKind.REFUSED, at.plusMillis(4), "gateway", Map.of("rule", fate.rule())));
            return;
        }
        if (!fate.waited().isZero() || fate.state().equals("HELD")) {
            append(SessionEvent.of(session, id, EventKind.HELD, at.plusMillis(4), "gateway", Map.of()));
        }
        if (fate.state().equals("HELD")) {
            return;
        }
        append(SessionEvent.of(session, id, EventKind.SENT, released.plusMillis(20), "gateway", Map.of()));
        append(SessionEvent.of(
                session,
                id,
                EventKind.RETURNED,
                released.plusMillis(900),
                "gateway",
                Map.of("rows", String.valueOf(fate.rows()))));
    }

    private static RecordedDecision decision(Sample sample, Fate fate, Instant at) {
        PolicyTrail trail = new PolicyTrail(
                31,
                at,
                "UTC",
                List.of(new PolicyTrail.Step(
                        fate.rule(),
                        "production.yaml",
                        18,
                        switch (fate.effect()) {
                            case ALLOW -> "allow";
                            case REQUIRE_APPROVAL -> "require-approval";
                            case DENY -> "deny";
                        },
                        fate.reason(),
                        0)));
        Optional<Obligations> obligations = fate.effect() == Effect.DENY
                ? Optional.empty()
                : Optional.of(new Obligations(
                        List.of(sample.plan()), Optional.empty(), Optional.empty(), Obligations.RecordLevel.AS_SEEN));
        return new RecordedDecision(
                fate.effect(),
                fate.rule(),
                fate.reason(),
                "",
                "",
                Optional.of(Duration.ofHours(1)),
                trail,
                obligations);
    }

    /** A request for a held statement. */
    public ApprovalId request(
            SessionId session,
            StatementId statement,
            String agent,
            Optional<String> person,
            List<String> owners,
            Fate fate,
            String group,
            Instant createdAt,
            Instant expiresAt) {
        return new ApprovalId(insertRequest(
                database.admin(),
                """
                insert into approval_request (statement_id, session_id, agent, requester_person, requester_owners, approver_group, rule, reason, facts,
                    statement_digest, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ''::bytea, ?, ?, ?) returning id
                """,
                statement.value(),
                session.value(),
                agent,
                person.orElse(null),
                owners.toArray(new String[0]),
                group,
                fate.rule(),
                fate.reason(),
                digest(statement),
                Timestamp.from(createdAt),
                Timestamp.from(expiresAt)));
    }

    /** A decision of the past, with its review. */
    public void decided(
            ApprovalId id,
            SessionId session,
            StatementId statement,
            boolean approved,
            String by,
            String comment,
            Instant at) {
        run(
                database.admin(),
                true,
                "update approval_request set state = ?, decided_at = ?, decided_by = ?, comment = ? where id = ?",
                approved ? "APPROVED" : "DENIED",
                Timestamp.from(at),
                by,
                comment,
                id.value());
        run(
                database.admin(),
                true,
                """
                insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict, comment, at)
                values (?, ?, ?, '{crm-owners}', ?, ?, ?)
                """,
                id.value(),
                by,
                by.equals("ivo@acme.example") ? "Ivo Marek" : by,
                approved ? "APPROVE" : "DENY",
                comment,
                Timestamp.from(at));
    }

    /** The first page of a result, as the agent saw it. */
    public void page(SessionId session, StatementId statement, String jsonRows, long rows, long masked) {
        DataKey key = keys.get(session);
        byte[] plain = jsonRows.getBytes(StandardCharsets.UTF_8);
        run(database.gateway(), false, "select begin_page(?, 0)", statement.value());
        run(
                database.gateway(),
                false,
                "select finish_page(?, 0, ?, ?, ?, true, ?, ?)",
                statement.value(),
                rows,
                (long) plain.length,
                masked,
                key.digest(plain),
                key.seal(gzip(plain), Place.ofPage(statement, 0)));
    }

    /** The gateway's events so far, appended in order of time. */
    public void flush() {
        pending.sort(java.util.Comparator.comparing(e -> e.event().at()));
        for (EncodedEvent event : pending) {
            run(
                    database.gateway(),
                    false,
                    "select last_seq from append_events(?, ?)",
                    event.event().session().value(),
                    EncodedEvent.batch(List.of(event)));
        }
        pending.clear();
    }

    private void append(SessionEvent event) {
        pending.add(EncodedEvent.of(event));
    }

    /** A small catalog with protected columns. */
    public void catalog() {
        run(database.console(), false, "insert into catalog_version (account, version) values ('acme-eu1', 1)");
        object(
                "PROD.CRM.CUSTOMERS",
                "CUSTOMER_ID:NUMBER",
                "FULL_NAME:VARCHAR",
                "EMAIL:VARCHAR",
                "PHONE:VARCHAR",
                "REGION:VARCHAR");
        object("PROD.CRM.ORDERS", "ORDER_ID:NUMBER", "CUSTOMER_ID:NUMBER", "AMOUNT:NUMBER", "ORDERED_AT:TIMESTAMP_NTZ");
        object(
                "PROD.SUPPORT.TICKETS",
                "TICKET_ID:VARCHAR",
                "CUSTOMER_ID:NUMBER",
                "OPENED_AT:TIMESTAMP_NTZ",
                "STATUS:VARCHAR",
                "PRIORITY:VARCHAR",
                "SUBJECT:VARCHAR");
        object("DEV.SANDBOX.NOTES", "ID:NUMBER", "BODY:VARCHAR");
        for (String[] mark : new String[][] {{"FULL_NAME", "name"}, {"EMAIL", "email"}, {"PHONE", "phone"}}) {
            run(
                    database.owner(),
                    false,
                    "insert into protection_mark (pattern, category, source) values (?, ?, 'yaml:protection.yaml')",
                    "PROD.CRM.CUSTOMERS." + mark[0],
                    mark[1]);
        }
    }

    private void object(String name, String... columns) {
        List<CatalogColumn> list = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(":");
            list.add(new CatalogColumn(parts[0], parts[1], true, Optional.empty()));
        }
        CatalogObject object = new CatalogObject(
                Sample.object(name),
                ObjectKind.TABLE,
                list,
                Optional.empty(),
                java.util.Set.of(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        run(
                database.console(),
                false,
                """
                insert into catalog_object (account, database, schema, name, kind, body, seen_at, version) values ('acme-eu1', ?, ?, ?, 'TABLE', ?, now(), 1)
                """,
                object.name().database(),
                object.name().schema(),
                object.name().name(),
                Encoding.CATALOG_OBJECT.encode(object));
    }

    /** A published policy version. */
    public void policy(long version, String comment, String by, Instant at, boolean active, Map<String, String> files) {
        run(
                database.console(),
                false,
                "insert into policy_version (version, comment, created_by) values (?, ?, ?)",
                version,
                comment,
                by);
        files.forEach((path, text) -> run(
                database.console(),
                false,
                "insert into policy_file (version, path, text) values (?, ?, ?)",
                version,
                path,
                text));
        run(
                database.admin(),
                true,
                "update policy_version set published_at = ?, published_by = ?, created_at = ? where version = ?",
                Timestamp.from(at),
                by,
                Timestamp.from(at),
                version);
        if (active) {
            run(database.console(), false, "insert into policy_active (version) values (?)", version);
        }
    }

    static byte[] digest(StatementId id) {
        byte[] digest = new byte[32];
        System.arraycopy(id.toString().getBytes(StandardCharsets.US_ASCII), 0, digest, 0, 32);
        return digest;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Free SQL under one role; {@code pastTriggers} writes rows that only time can make. */
    public static void run(TestDatabase.Access access, boolean pastTriggers, String sql, Object... parameters) {
        try (Connection connection = access.connect()) {
            if (pastTriggers) {
                connection.createStatement().execute("set session_replication_role = replica");
            }
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                statement.execute();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the sample data was refused", failed);
        }
    }

    private static long insertRequest(TestDatabase.Access access, String sql, Object... parameters) {
        try (Connection connection = access.connect()) {
            connection.createStatement().execute("set session_replication_role = replica");
            try (PreparedStatement statement = prepare(connection, sql, parameters);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the sample request was refused", failed);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
