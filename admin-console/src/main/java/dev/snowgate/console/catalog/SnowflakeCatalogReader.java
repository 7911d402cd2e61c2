package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads whole databases from Snowflake in one connection, one after the other. Only objects that Snowflake says were changed since they were
 * stored are read in full; of the others one row tells that they are still there.
 */
@Component
class SnowflakeCatalogReader implements CatalogSource {
    private static final Logger LOG = LoggerFactory.getLogger(SnowflakeCatalogReader.class);
    /** Kinds of which each reading tells everything. */
    private static final Set<ObjectKind> READ_WHOLE =
            EnumSet.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.STAGE);

    private static final double FIGURES_MAY_DIFFER = 0.1;
    private final CatalogProperties properties;
    private final Clock clock;

    SnowflakeCatalogReader(CatalogProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public Reading open() throws SQLException {
        SnowflakeSession session = SnowflakeSession.open(properties);
        try {
            Governance governance = properties.governance() == CatalogProperties.Source.ACCOUNT_USAGE
                    ? Governance.read(session)
                    : Governance.none();
            return new Connected(session, governance);
        } catch (SQLException | RuntimeException fault) {
            session.close();
            throw fault;
        }
    }

    /** One connection, with the tags and policies of the account. */
    private final class Connected implements Reading {
        private final SnowflakeSession session;
        private final Governance governance;

        private Connected(SnowflakeSession session, Governance governance) {
            this.session = session;
            this.governance = governance;
        }

        @Override
        public DatabaseReading read(String database, Map<ObjectName, CatalogObject> stored) throws SQLException {
            if (database.indexOf('"') >= 0) {
                throw new IllegalStateException("a database of snowgate.catalog.databases has a quote in its name");
            }
            DatabaseReading reading = SnowflakeCatalogReader.this.read(session, database, governance, stored);
            LOG.atInfo()
                    .setMessage("database read")
                    .addKeyValue("database", database)
                    .addKeyValue("objects", reading.present().size())
                    .addKeyValue("changed", reading.changed().size())
                    .log();
            return reading;
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }

    private DatabaseReading read(
            SnowflakeSession session, String database, Governance governance, Map<ObjectName, CatalogObject> stored)
            throws SQLException {
        Instant at = clock.instant();
        Map<ObjectName, CatalogObject> heads = TableHeads.read(session, database, at);
        List<CatalogObject> older = heads.values().stream()
                .filter(head -> isOther(head, stored.get(head.name())))
                .sorted(Comparator.comparing(head -> head.name().toString()))
                .toList();
        Map<ObjectName, CatalogObject> now = new HashMap<>();
        for (CatalogObject read : TableDetails.read(session, database, older)) {
            governance.refresh(session, read);
            now.put(read.name(), read);
        }
        heads.forEach((name, head) -> now.computeIfAbsent(name, key -> figures(head, stored.get(key))));
        Routines.read(session, database, at).forEach(routine -> now.put(routine.name(), routine));
        NamedStages.read(session, database, at).forEach(stage -> now.put(stage.name(), stage));
        List<CatalogObject> changed = now.values().stream()
                .map(governance::governed)
                .filter(object -> !sameAs(object, stored.get(object.name())))
                .sorted(Comparator.comparing(object -> object.name().toString()))
                .toList();
        Set<ObjectName> present = new HashSet<>(now.keySet());
        return new DatabaseReading(database, present, changed);
    }

    /** Whether its columns or definition have to be read. What Snowflake gives no instant for is read every time. */
    private static boolean isOther(CatalogObject head, @org.jspecify.annotations.Nullable CatalogObject stored) {
        return stored == null
                || stored.kind() != head.kind()
                || head.changedAt().isEmpty()
                || !head.changedAt().equals(stored.changedAt());
    }

    private static CatalogObject figures(CatalogObject head, @org.jspecify.annotations.Nullable CatalogObject stored) {
        if (stored == null) {
            return head;
        }
        boolean near = near(head.rows(), stored.rows()) && near(head.bytes(), stored.bytes());
        return new CatalogObject(
                stored.name(),
                stored.kind(),
                stored.columns(),
                stored.definition(),
                stored.tags(),
                near ? stored.rows() : head.rows(),
                near ? stored.bytes() : head.bytes(),
                stored.changedAt(),
                head.seenAt());
    }

    /** Figures serve to estimate: a table that grows a little is not written again for it. */
    private static boolean near(Optional<Long> now, Optional<Long> before) {
        if (now.isEmpty() || before.isEmpty()) {
            return now.equals(before);
        }
        return Math.abs(now.get() - before.get()) <= before.get() * FIGURES_MAY_DIFFER;
    }

    private static boolean sameAs(CatalogObject now, @org.jspecify.annotations.Nullable CatalogObject stored) {
        if (stored == null || (!READ_WHOLE.contains(now.kind()) && isOther(now, stored))) {
            return false;
        }
        return dev.snowgate.catalog.CarriedOver.derived(now, Optional.of(stored))
                .seenAt(stored.seenAt())
                .equals(stored);
    }
}
