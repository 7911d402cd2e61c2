package dev.snowgate.console.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * One synchronisation of an account at a time, over all consoles. The lock belongs to a connection and to no transaction: a reading
 * that takes long holds nothing that others wait for, and a console that dies loses it with its connection.
 */
@Component
class SyncLock {
    private static final String KEY = "(hashtext('snowgate.catalog-sync'), hashtext(?))";
    private static final int SECONDS_TO_ANSWER = 5;
    private final DataSource database;

    SyncLock(DataSource database) {
        this.database = database;
    }

    /** The lock, empty if somebody else has it. */
    Optional<Held> tryAcquire(String account) {
        Connection connection = null;
        try {
            connection = database.getConnection();
            connection.setAutoCommit(true);
            if (ask(connection, "select pg_try_advisory_lock" + KEY, account)) {
                return Optional.of(new Held(connection, account));
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException silent) {
            close(connection);
            throw new IllegalStateException("the database does not answer, so the catalog is not read");
        }
    }

    /** Whether somebody synchronises the account at the moment. */
    boolean isHeld(String account) {
        try (Connection connection = database.getConnection()) {
            return ask(connection, """
                    select exists (select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
                        and classid::bigint = (hashtext('snowgate.catalog-sync')::bigint & 4294967295)
                        and objid::bigint = (hashtext(?)::bigint & 4294967295)
                        and database = (select oid from pg_database where datname = current_database()))
                    """, account);
        } catch (SQLException silent) {
            throw new IllegalStateException("the database does not answer");
        }
    }

    private static boolean ask(Connection connection, String query, String account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, account);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void close(@org.jspecify.annotations.Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            // The lock is gone with the connection, which is what closing is for.
            return;
        }
    }

    /** The lock while it is held. */
    static final class Held implements AutoCloseable {
        private final Connection connection;
        private final String account;

        private Held(Connection connection, String account) {
            this.connection = connection;
            this.account = account;
        }

        /**
         * To be asked before each write.
         *
         * @throws IllegalStateException if the connection was lost, and the lock with it
         */
        void require() {
            try {
                if (connection.isValid(SECONDS_TO_ANSWER)) {
                    return;
                }
            } catch (SQLException lost) {
                throw new IllegalStateException(LOST, lost);
            }
            throw new IllegalStateException(LOST);
        }

        private static final String LOST = "the lock of the synchronisation was lost, so nothing more is written";

        @Override
        public void close() {
            try {
                ask(connection, "select pg_advisory_unlock" + KEY, account);
            } catch (SQLException lost) {
                abort();
            } finally {
                SyncLock.close(connection);
            }
        }

        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                // Without a connection there is no lock either.
                return;
            }
        }
    }
}
