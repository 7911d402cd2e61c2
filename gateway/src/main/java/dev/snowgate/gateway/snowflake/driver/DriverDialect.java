package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.ProtocolDialect;
import java.util.List;

/** The drivers' protocol. */
public final class DriverDialect {
    private DriverDialect() {}

    /** The dialect; statements longer than {@code mostCharacters} are refused. */
    public static ProtocolDialect create(int mostCharacters) {
        return new ProtocolDialect(
                "driver",
                List.of("/session", "/queries", "/monitoring", "/telemetry"),
                new DriverRequestReader(mostCharacters),
                new DriverReplyWriter());
    }
}
