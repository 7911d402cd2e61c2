package dev.snowgate.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The vendor's own JDBC driver, unmodified, pointed at the gateway with an agent's token. */
final class AgentConnection {
    private AgentConnection() {}

    static Connection open(DemoState state, Ports ports, Cast.Agent agent) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("account", Cast.ACCOUNT);
        properties.setProperty("user", agent.id());
        properties.setProperty("authenticator", "oauth");
        properties.setProperty("token", AgentTokens.fetch(state, ports, agent));
        properties.setProperty("ssl", "off");
        properties.setProperty("db", "PROD");
        properties.setProperty("schema", "CRM");
        properties.setProperty("warehouse", "COMPUTE_WH");
        // Nothing may leave this machine: the driver otherwise asks for cloud metadata at log-in.
        properties.setProperty("disablePlatformDetection", "true");
        properties.setProperty("disableOCSPChecks", "true");
        properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
        return DriverManager.getConnection("jdbc:snowflake://127.0.0.1:" + ports.gateway() + "/", properties);
    }
}
