package dev.snowgate.db;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.SealingException;
import dev.snowgate.sealing.WrappedKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * Wraps every session's data key under the active key of the key file, after that file got a new first line. Values are
 * not touched. Needs only the gateway's rights, can run while programs run, and can be repeated.
 */
public final class RewrapKeys {
    private static final int BATCH = 200;
    private static final String USAGE = """
            rewrap --url jdbc:postgresql://host:port/database --keys file   (password in SNOWGATE_GATEWAY_PASSWORD)
            rewrap --new-key file                                           (puts a new active key in front)""";

    private RewrapKeys() {}

    /** The command; ends with 0, with 1 after a fault, with 2 after wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            if (arguments.length == 2 && arguments[0].equals("--new-key")) {
                out.println("the active key is now "
                        + KeyRing.rotate(Path.of(arguments[1])).activeId());
                return 0;
            }
            if (arguments.length == 4 && arguments[0].equals("--url") && arguments[2].equals("--keys")) {
                KeyRing keys = KeyRing.load(Path.of(arguments[3]));
                String password = environment.getOrDefault("SNOWGATE_GATEWAY_PASSWORD", "");
                try (Connection gateway = DriverManager.getConnection(arguments[1], Roles.GATEWAY, password)) {
                    out.println(rewrap(gateway, keys) + " data keys are now wrapped by " + keys.activeId());
                    return 0;
                }
            }
        } catch (SQLException | SealingException failed) {
            err.println("wrapping failed: " + failed.getMessage());
            return 1;
        }
        err.println(USAGE);
        return 2;
    }

    /**
     * Wraps all that other keys wrapped, batch by batch, each in a transaction of its own.
     *
     * @return how many data keys were wrapped again
     * @throws SealingException if one of them does not open; those before it stay wrapped again
     */
    public static int rewrap(Connection gateway, KeyRing keys) throws SQLException {
        gateway.setAutoCommit(false);
        int all = 0;
        int wrapped;
        do {
            wrapped = batch(gateway, keys);
            gateway.commit();
            all += wrapped;
        } while (wrapped > 0);
        return all;
    }

    private static int batch(Connection gateway, KeyRing keys) throws SQLException {
        int count = 0;
        try (PreparedStatement find = gateway.prepareStatement(
                        "select id, kek_id, data_key from snowgate.agent_session where kek_id <> ? limit " + BATCH
                                + " for no key update");
                PreparedStatement change = gateway.prepareStatement(
                        "update snowgate.agent_session set kek_id = ?, data_key = ? where id = ?")) {
            find.setString(1, keys.activeId());
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    WrappedKey old = new WrappedKey(rows.getString(2), rows.getBytes(3));
                    WrappedKey renewed = keys.rewrap(old, new SessionId(id));
                    change.setString(1, renewed.keyId());
                    change.setBytes(2, renewed.bytes());
                    change.setObject(3, id);
                    change.addBatch();
                    count++;
                }
            }
            if (count > 0) {
                change.executeBatch();
            }
            return count;
        }
    }
}
