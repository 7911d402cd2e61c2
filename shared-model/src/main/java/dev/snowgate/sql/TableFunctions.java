package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of the table functions that are known; any other is not understood. */
final class TableFunctions {
    private TableFunctions() {}

    static Rows rows(Expr.Call call, ExprLineage expressions, QueryLineageReader queries) {
        String name = call.function();
        Facts facts = queries.facts();
        facts.functions.add(name);
        Rows metadata = call.name().size() > 1 ? MetadataViews.function(call, facts) : null;
        if (metadata != null) {
            argumentTaint(call, expressions, facts);
            return metadata;
        }
        return switch (name) {
            case "FLATTEN" -> flatten(argumentTaint(call, expressions, facts));
            case "SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE" -> split(argumentTaint(call, expressions, facts));
            case "GENERATOR" -> {
                argumentTaint(call, expressions, facts);
                yield Rows.of(List.of());
            }
            case "RESULT_SCAN" -> resultScan(call, facts, queries);
            case "GET_QUERY_OPERATOR_STATS" -> {
                FunctionFacts.queryId(call, name, facts);
                facts.flag("metadata:history");
                yield columns(
                        "QUERY_ID",
                        "STEP_ID",
                        "OPERATOR_ID",
                        "PARENT_OPERATORS",
                        "OPERATOR_TYPE",
                        "OPERATOR_STATISTICS",
                        "EXECUTION_TIME_BREAKDOWN",
                        "OPERATOR_ATTRIBUTES");
            }
            case "DIRECTORY" -> {
                files(call, queries);
                yield columns("RELATIVE_PATH", "SIZE", "LAST_MODIFIED", "MD5", "ETAG", "FILE_URL");
            }
            case "INFER_SCHEMA" -> {
                files(call, queries);
                argumentTaint(call, expressions, facts);
                yield columns("COLUMN_NAME", "TYPE", "NULLABLE", "EXPRESSION", "FILENAMES", "ORDER_ID");
            }
            default -> {
                Rows rows = userDefined(call, expressions, queries);
                yield rows == null ? unknown(call, name, expressions, facts) : rows;
            }
        };
    }

    /** The rows of a catalogued function; nothing if it is not known. */
    private static @Nullable Rows userDefined(Expr.Call call, ExprLineage expressions, QueryLineageReader queries) {
        List<Taint> given = new ArrayList<>();
        for (Expr.Argument argument : call.arguments()) {
            boolean plain = !(argument.value() instanceof Expr.Star) && !(argument.value() instanceof Expr.Lambda);
            if (plain) {
                given.add(expressions.taint(argument.value()));
            }
        }
        List<Rows.Column> columns = FunctionFacts.isBuiltin(call) ? null : RoutineBodies.rows(call, given, queries);
        if (columns == null) {
            return null;
        }
        Taint all = Taint.of(given);
        queries.facts().predicate(all);
        return Rows.of(columns.stream()
                .map(column -> column.withTaint(all.isNone() ? column.taint() : Taint.of(List.of(all, column.taint()))))
                .toList());
    }

    /** Lists or describes the files of the stage that it is given. */
    private static void files(Expr.Call call, QueryLineageReader queries) {
        Facts facts = queries.facts();
        facts.effects.add(Effect.METADATA);
        facts.flag("metadata:stages");
        for (Expr.Argument argument : call.arguments()) {
            boolean location = argument.name() == null || argument.name().equals("LOCATION");
            if (location
                    && argument.value() instanceof Expr.Literal literal
                    && literal.token() != null
                    && !literal.isNumber()) {
                FileStatements.stage(
                        facts,
                        queries.names(),
                        literal.token().content(),
                        literal.token().start(),
                        Effect.READ);
            }
        }
    }

    /** What it reads and returns is not known; what it is given leaves with it. */
    private static Rows unknown(Expr.Call call, String name, ExprLineage expressions, Facts facts) {
        argumentTaint(call, expressions, facts);
        Expr.Window over = call.over();
        if (over != null) {
            expressions.predicates(over.partitionBy());
            expressions.predicates(over.orderBy());
        }
        facts.flag("unknown-function:" + name);
        return Rows.unknown(Taint.UNKNOWN);
    }

    private static Taint argumentTaint(Expr.Call call, ExprLineage expressions, Facts facts) {
        List<Taint> parts = new ArrayList<>();
        for (Expr.Argument argument : call.arguments()) {
            parts.add(expressions.taint(argument.value()));
        }
        Taint all = Taint.of(parts);
        facts.predicate(all);
        return all;
    }

    private static Rows flatten(Taint input) {
        return Rows.of(List.of(
                new Rows.Column("SEQ", Taint.NONE),
                new Rows.Column("KEY", input),
                new Rows.Column("PATH", input),
                new Rows.Column("INDEX", Taint.NONE),
                new Rows.Column("VALUE", input),
                new Rows.Column("THIS", input)));
    }

    private static Rows split(Taint input) {
        return Rows.of(List.of(
                new Rows.Column("SEQ", Taint.NONE),
                new Rows.Column("INDEX", Taint.NONE),
                new Rows.Column("VALUE", input)));
    }

    static Rows columns(String... names) {
        List<Rows.Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Rows.Column(name, Taint.NONE));
        }
        return Rows.of(columns);
    }

    private static Rows resultScan(Expr.Call call, Facts facts, QueryLineageReader queries) {
        String id = FunctionFacts.queryId(call, "RESULT_SCAN", facts);
        Optional<List<OutputColumn>> output = queries.earlier().output(id);
        if (output.isEmpty()) {
            throw new SyntaxProblem(
                    "RESULT_SCAN of an unknown query",
                    "The query id is not one of your finished queries.",
                    "Use the id of a query that you ran through this gateway and that has finished.",
                    call.start());
        }
        if (output.get().isEmpty()) {
            throw new SyntaxProblem(
                    "RESULT_SCAN of a statement without known columns",
                    "The columns of that result are not known.",
                    "Read the result from the statement itself, or use a query.",
                    call.start());
        }
        List<Rows.Column> columns = new ArrayList<>();
        for (OutputColumn column : output.get()) {
            columns.add(new Rows.Column(column.name(), new Taint(column.origins(), column.derivation(), false)));
        }
        return Rows.of(columns);
    }
}
