package dev.snowgate.sql.syntax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query: common tables, branches of set operations in order, ORDER BY and limits of the whole.
 *
 * @param limits expressions of LIMIT, OFFSET, FETCH
 */
public record Query(List<CommonTable> with, List<Branch> branches, List<Expr> orderBy, List<Expr> limits, int at)
        implements QueryBody {

    /** {@code SELECT * FROM} that source. */
    static Query all(From source, int at) {
        Select all = new Select(
                false,
                List.of(new Item(new Expr.Star(List.of(), Expr.StarEdits.NONE, at), null, at, at)),
                List.of(source),
                List.of(),
                List.of(),
                false,
                null,
                null,
                false,
                Map.of(),
                List.of(),
                List.of(),
                at);
        return new Query(List.of(), List.of(new Branch("", false, false, all)), List.of(), List.of(), at);
    }

    /** {@code name (columns) AS (query)}. */
    public record CommonTable(Name name, List<Name> columns, Query query) {}

    /** A branch with the operator before it (empty for the first): UNION, UNION ALL, INTERSECT, EXCEPT. */
    public record Branch(String operator, boolean all, boolean byName, QueryBody body) {}

    /** {@code VALUES (…), (…)}. */
    public record Values(List<List<Expr>> rows, int at) implements QueryBody {}

    /** SELECT. {@code conditions} are WHERE, START WITH and CONNECT BY; {@code into} the variables of a script. */
    public record Select(
            boolean distinct,
            List<Item> items,
            List<From> from,
            List<Expr> conditions,
            List<Expr> groupBy,
            boolean groupByAll,
            @Nullable Expr having,
            @Nullable Expr qualify,
            boolean hierarchical,
            Map<String, Expr.Window> windows,
            List<Expr> limits,
            List<Name> into,
            int at)
            implements QueryBody {}

    /** One item of the select list. */
    public record Item(Expr value, @Nullable Name alias, int start, int end) {}

    /** An alias with optional column names. */
    public record Alias(Name name, List<Name> columns) {}

    /** A source of rows. */
    public sealed interface From {}

    /** A named table, perhaps at another time. */
    public record TableSource(List<Name> name, @Nullable Alias alias, boolean timeTravel, List<Expr> travel)
            implements From {}

    /** A query in parentheses. */
    public record DerivedSource(Query query, @Nullable Alias alias) implements From {}

    /** A table function. */
    public record FunctionSource(Expr.Call call, @Nullable Alias alias) implements From {}

    /** Files of a stage. */
    public record StageSource(String location, @Nullable Alias alias, int at) implements From {}

    /** The result of an earlier step of a flow, {@code $1}. */
    public record StepSource(int back, @Nullable Alias alias, int at) implements From {}

    /** The rows of a result set or cursor of a script, {@code TABLE(name)}. */
    public record ResultSource(Name name, @Nullable Alias alias) implements From {}

    /** A semantic view with metrics and dimensions. */
    public record SemanticSource(List<Name> name, @Nullable Alias alias, int at) implements From {}

    /** A chain of joins. */
    public record JoinedSource(From first, List<Join> joins) implements From {}

    /** One join. */
    public record Join(String kind, boolean natural, From right, List<Expr> on, List<Name> using) {}

    /** PIVOT. {@code values} empty and {@code dynamic} true for ANY or a subquery. */
    public record PivotSource(
            From source,
            List<Item> aggregates,
            Expr.Column on,
            List<Item> values,
            boolean dynamic,
            List<Expr> others,
            @Nullable Alias alias,
            int at)
            implements From {}

    /** UNPIVOT. */
    public record UnpivotSource(
            From source,
            Name value,
            Name name,
            List<Item> columns,
            @Nullable Alias alias) implements From {}

    /**
     * MATCH_RECOGNIZE: {@code inputs} are all expressions but the measures, {@code mentioned} every name in it, which may be one of
     * a column; empty if there may be others.
     */
    public record MatchSource(
            From source,
            List<Expr> inputs,
            List<Expr> partition,
            List<Item> measures,
            List<Name> mentioned,
            boolean allRows,
            @Nullable Alias alias)
            implements From {}
}
