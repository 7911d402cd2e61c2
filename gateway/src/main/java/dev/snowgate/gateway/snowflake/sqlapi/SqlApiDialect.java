package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.snowflake.ProtocolDialect;
import java.util.List;

/** The SQL API, version 2. */
public final class SqlApiDialect {
    private SqlApiDialect() {}

    /** The dialect; statements longer than {@code mostCharacters} are refused. */
    public static ProtocolDialect create(int mostCharacters) {
        return new ProtocolDialect(
                "sql-api",
                // All REST interfaces of Snowflake answer errors in this form.
                List.of("/api/v2"),
                new SqlApiRequestReader(mostCharacters),
                new SqlApiReplyWriter());
    }
}
