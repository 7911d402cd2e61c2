package dev.snowgate.emulator;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** JDBC connections that call nothing outside loopback. */
public final class Drivers {
    private Drivers() {}

    /** Properties of a connection over plain http without probes, telemetry or revocation checks. */
    public static Properties quiet() {
        Properties properties = new Properties();
        properties.setProperty("ssl", "off");
        properties.setProperty("disablePlatformDetection", "true");
        properties.setProperty("disableOCSPChecks", "true");
        properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
        // longer than a poll is parked; the driver's own five minutes make a lost answer look like a hang
        properties.setProperty("HTTP_CLIENT_SOCKET_TIMEOUT", "60000");
        return properties;
    }

    public static Connection password(URI url, String account, String user, String password, String... more)
            throws SQLException {
        Properties properties = quiet();
        properties.setProperty("account", account);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return open(url, properties);
    }

    public static Connection open(URI url, Properties properties) throws SQLException {
        return DriverManager.getConnection("jdbc:snowflake://" + url.getHost() + ":" + url.getPort() + "/", properties);
    }
}
