package dev.snowgate.console;

import dev.snowgate.db.SchemaVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The version of the schema that the database has. */
@Repository
class SchemaStore {
    private final JdbcClient jdbc;

    SchemaStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int version() {
        return jdbc.sql(SchemaVersion.QUERY).query(Integer.class).single();
    }
}
