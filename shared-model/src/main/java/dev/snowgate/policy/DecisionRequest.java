package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.SqlAnalysis;
import java.time.Instant;
import java.time.ZoneId;

/** All facts of one decision; there is no other input, above all no clock. */
public record DecisionRequest(
        Principal principal,
        ClientApplication client,
        Dialect dialect,
        SqlAnalysis analysis,
        SessionContext context,
        CatalogSnapshot catalog,
        Instant at,
        ZoneId zone,
        RequestFacts facts) {
    /** A request of which nothing else is known. */
    public DecisionRequest(
            Principal principal,
            ClientApplication client,
            Dialect dialect,
            SqlAnalysis analysis,
            SessionContext context,
            CatalogSnapshot catalog,
            Instant at,
            ZoneId zone) {
        this(principal, client, dialect, analysis, context, catalog, at, zone, RequestFacts.NONE);
    }

    /** The same with other facts. */
    public DecisionRequest with(RequestFacts other) {
        return new DecisionRequest(principal, client, dialect, analysis, context, catalog, at, zone, other);
    }
}
