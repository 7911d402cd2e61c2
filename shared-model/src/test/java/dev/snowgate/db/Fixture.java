package dev.snowgate.db;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Rows to begin with, written with the gateway's own rights. */
final class Fixture {
    static final byte[] DIGEST = new byte[32];

    private Fixture() {}

    /** A session of an agent that acts for that person, or for nobody. */
    static SessionId session(Connection gateway, String person, String... owners) throws SQLException {
        SessionId id = SessionId.random();
        run(gateway, """
                insert into agent_session (id, account, dialect, agent, issuer, person_issuer, person_claim, owners, expires_at,
                    context, data_key, kek_id)
                values (?, 'acme', 'DRIVER', 'copilot', 'idp', ?, ?, ?, now() + interval '1 day', '\\x01', '\\x02', 'k1')""", id.value(), person == null ? null : "idp", person, owners);
        return id;
    }

    /** A statement that was just received. */
    static StatementId received(Connection gateway, SessionId session) throws SQLException {
        StatementId id = StatementId.random();
        run(gateway, """
                insert into statement (id, session_id, account, agent, dialect, request_id, request_digest, upstream_request_id,
                    context, epoch, shape)
                values (?, ?, 'acme', 'copilot', 'DRIVER', ?, '\\x01', ?, '\\x01', 0, 'select 1')""", id.value(), session.value(), id.toString(), UUID.randomUUID());
        return id;
    }

    /** A statement that waits for its approval. */
    static StatementId held(Connection gateway, SessionId session) throws SQLException {
        StatementId id = received(gateway, session);
        run(gateway, """
                update statement set state = 'HELD', effect = 'REQUIRE_APPROVAL', decision = '\\x01', mask_plan = '\\x01',
                    statement_digest = ?, expires_at = now() + interval '1 hour' where id = ?""", DIGEST, id.value());
        return id;
    }

    /** A pending request for it, that expires after so many milliseconds. */
    static long request(Connection gateway, SessionId session, StatementId statement, long expiresInMillis)
            throws SQLException {
        return number(gateway, """
                insert into approval_request (statement_id, session_id, agent, requester_person, requester_owners, approver_group,
                    rule, reason, facts, statement_digest, expires_at)
                select ?, id, agent, person_claim, owners, 'dba', 'writes', 'production', '\\x01', ?,
                    clock_timestamp() + ? * interval '1 millisecond'
                from agent_session where id = ? returning id""", statement.value(), DIGEST, expiresInMillis, session.value());
    }

    static void review(Connection console, long request, String reviewer, String verdict, String comment)
            throws SQLException {
        run(console, """
                insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict, comment)
                values (?, ?, 'A Reviewer', ?, ?, ?)""", request, reviewer, new String[] {"dba"}, verdict, comment);
    }

    static int use(Connection gateway, long request, StatementId statement) throws SQLException {
        return run(gateway, """
                update approval_request set state = 'USED', used_by = ?
                where id = ? and state = 'APPROVED' and expires_at > clock_timestamp()""", statement.value(), request);
    }

    static int run(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    static long number(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static String text(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case null -> statement.setNull(i + 1, java.sql.Types.VARCHAR);
                default -> statement.setObject(i + 1, arguments[i]);
            }
        }
        return statement;
    }
}
