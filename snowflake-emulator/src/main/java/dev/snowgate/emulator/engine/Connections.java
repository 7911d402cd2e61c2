package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB connections of sessions. A session has one of its own, which carries its transaction and temporary objects;
 * a second statement of a session at the same time gets a free one when neither is in play, else it waits.
 */
final class Connections {
    private final DuckDb duckDb;
    private final Map<Session, Own> own = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Connection> free = new ConcurrentLinkedQueue<>();

    Connections(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** A borrowed connection, set to the session's database and schema. */
    final class Lease implements AutoCloseable {
        private final Connection connection;
        private final @Nullable Own from;

        Lease(Connection connection, @Nullable Own from) {
            this.connection = connection;
            this.from = from;
        }

        Connection connection() {
            return connection;
        }

        @Override
        public void close() {
            if (from == null) {
                free.add(connection);
            } else {
                from.lock.unlock();
            }
        }
    }

    Lease lease(Session session, boolean needsOwn) throws SQLException {
        boolean stateful = needsOwn || session.inTransaction() || session.temporaryObjects();
        Own mine = own.get(session);
        if (stateful || !session.stateless()) {
            mine = own.computeIfAbsent(session, s -> new Own());
            if (stateful) {
                mine.lock.lock();
                return locked(session, mine);
            } else if (mine.lock.tryLock()) {
                return locked(session, mine);
            }
        }
        Connection connection = free.poll();
        if (connection == null) {
            connection = duckDb.open();
        }
        searchPath(connection, session);
        return new Lease(connection, null);
    }

    private Lease locked(Session session, Own mine) throws SQLException {
        try {
            Connection connection = mine.connection;
            if (connection == null) {
                connection = duckDb.open();
                mine.connection = connection;
            }
            String path = session.database() + "." + session.schema();
            if (!path.equals(mine.path)) {
                searchPath(connection, session);
                mine.path = path;
            }
            return new Lease(connection, mine);
        } catch (SQLException | RuntimeException e) {
            mine.lock.unlock();
            throw e;
        }
    }

    private static void searchPath(Connection connection, Session session) throws SQLException {
        String database = session.database();
        String schema = session.schema();
        String path = database == null
                ? "\"_SF\".\"main\""
                : Names.quote(database) + "." + Names.quote(schema == null ? "main" : schema);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path=" + DuckDb.literal(path));
        }
    }

    /** Ends a session's connection, and with it its open transaction and temporary objects. */
    void close(Session session) {
        Own mine = own.remove(session);
        if (mine != null) {
            mine.lock.lock();
            try {
                Connection connection = mine.connection;
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException e) {
                mine.path = null;
            } finally {
                mine.lock.unlock();
            }
        }
    }

    /** Closes every connection, because DuckDB lets go of its files only then. */
    void closeAll() throws SQLException {
        java.util.List.copyOf(own.keySet()).forEach(this::close);
        for (Connection connection = free.poll(); connection != null; connection = free.poll()) {
            connection.close();
        }
    }

    private static final class Own {
        private final ReentrantLock lock = new ReentrantLock(true);
        private @Nullable Connection connection;
        private @Nullable String path;
    }
}
