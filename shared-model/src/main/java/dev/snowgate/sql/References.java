package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryBody;
import java.util.function.Predicate;

/** Whether a query reads a table by an unqualified name in its own FROM. */
final class References {
    private References() {}

    static boolean reads(QueryBody body, Predicate<Name> name) {
        return switch (body) {
            case Query.Select select -> select.from().stream().anyMatch(from -> reads(from, name));
            case Query query ->
                query.branches().stream().anyMatch(branch -> reads(branch.body(), name))
                        || query.with().stream().anyMatch(table -> reads(table.query(), name));
            case Query.Values ignored -> false;
        };
    }

    private static boolean reads(Query.From from, Predicate<Name> name) {
        return switch (from) {
            case Query.TableSource table ->
                table.name().size() == 1 && name.test(table.name().getFirst());
            case Query.DerivedSource derived -> reads(derived.query(), name);
            case Query.JoinedSource joined ->
                reads(joined.first(), name) || joined.joins().stream().anyMatch(join -> reads(join.right(), name));
            case Query.PivotSource pivot -> reads(pivot.source(), name);
            case Query.UnpivotSource unpivot -> reads(unpivot.source(), name);
            case Query.MatchSource match -> reads(match.source(), name);
            case Query.FunctionSource ignored -> false;
            case Query.StageSource ignored -> false;
            case Query.StepSource ignored -> false;
            case Query.ResultSource ignored -> false;
            case Query.SemanticSource ignored -> false;
        };
    }
}
