package dev.snowgate.gateway.statement;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.util.List;

/** A statement with what the analyser said of it, and the catalog that it said it on. */
public record AnalysedStatement(Statement statement, SqlAnalysis analysis, CatalogSnapshot catalog) {
    /** The statements of the text; none where it was not understood. */
    public List<StatementAnalysis> statements() {
        return switch (analysis) {
            case SqlAnalysis.Understood understood -> understood.statements();
            case SqlAnalysis.NotUnderstood ignored -> List.of();
        };
    }

    /** Whether any of them changes the session's context or temporary objects. */
    public boolean changesSession() {
        return statements().stream().anyMatch(StatementAnalysis::changesSession);
    }
}
