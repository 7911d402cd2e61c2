package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ILIKE, EXCLUDE and RENAME of a star, in Snowflake's order; REPLACE needs expressions and is done by the select list. */
final class StarExpansion {
    private StarExpansion() {}

    static List<Rows.Column> edit(List<Rows.Column> columns, Expr.StarEdits edits, Namespace names) {
        List<Rows.Column> result = new ArrayList<>(columns);
        String like = edits.like();
        if (like != null) {
            requireNames(result);
            Pattern pattern = like(like);
            result.removeIf(column ->
                    !column.isRest() && !pattern.matcher(column.name()).matches());
        }
        if (!edits.exclude().isEmpty()) {
            Set<String> gone = edits.exclude().stream().map(names::fold).collect(Collectors.toSet());
            for (Name name : edits.exclude()) {
                requireColumn(columns, names.fold(name), name);
            }
            result.removeIf(column -> gone.contains(column.name()));
        }
        for (Expr.Renaming renaming : edits.rename()) {
            String from = names.fold(renaming.column());
            requireColumn(columns, from, renaming.column());
            result.replaceAll(column ->
                    column.name().equals(from) ? new Rows.Column(names.fold(renaming.to()), column.taint()) : column);
        }
        return result;
    }

    private static void requireNames(List<Rows.Column> columns) {
        if (columns.stream().anyMatch(column -> column.name().isEmpty())) {
            throw new SyntaxProblem(
                    "ILIKE on unnamed columns",
                    "A column of the source has no name that ILIKE could be matched with.",
                    "Name the columns.",
                    -1);
        }
    }

    private static void requireColumn(List<Rows.Column> columns, String name, Name at) {
        if (columns.stream().noneMatch(column -> column.name().equals(name) || column.isRest())) {
            throw new SyntaxProblem(
                    "unknown column",
                    "The column " + name + " is not known in the tables that are read.",
                    "Check the name.",
                    at.at());
        }
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
