package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.StageEntry;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Named stages of a database: whether their files lie in Snowflake or elsewhere. Of an address only scheme and host are kept. */
final class NamedStages {
    private static final String STAGES = """
            select stage_schema, stage_name, stage_type, stage_url, last_altered
            from "%s".information_schema.stages where stage_schema <> 'INFORMATION_SCHEMA'
            """;

    private NamedStages() {}

    static List<CatalogObject> read(SnowflakeSession session, String database, Instant at) throws SQLException {
        List<CatalogObject> stages = new ArrayList<>();
        session.each(STAGES.formatted(database), List.of(), row -> {
            String type = row.getString(3);
            String url = row.getString(4);
            Timestamp altered = row.getTimestamp(5);
            stages.add(StageEntry.of(
                    new ObjectName(database, row.getString(1), row.getString(2)),
                    StageEntry.location(type == null ? "" : type),
                    Optional.ofNullable(url).filter(address -> !address.isBlank()),
                    Optional.empty(),
                    Optional.ofNullable(altered).map(Timestamp::toInstant),
                    at));
        });
        return stages;
    }
}
