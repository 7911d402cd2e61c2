package dev.snowgate.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. Chains of one operator are flat, so that depth follows the parentheses and not the length. */
public sealed interface Expr {
    /** A literal: text, number, TRUE, FALSE, NULL, typed or interval. {@code number} is its text if it is a plain number. */
    record Literal(@Nullable Token token, boolean isNumber) implements Expr {}

    /** A column by dotted name. */
    record Column(List<Name> parts) implements Expr {}

    /** {@code $1} or {@code t.$1}. */
    record Positional(List<Name> qualifier, int index, int at) implements Expr {}

    /** A session variable {@code $name}. */
    record Variable(String name, int at) implements Expr {}

    /** A bind: {@code ?}, {@code :1}, {@code :name}; the name is empty for the first. */
    record Bind(String name, boolean quoted, int at) implements Expr {}

    /** An operator with its operands; the names are keywords or operators, such as {@code AND}, {@code =}, {@code IN}. */
    record Operator(String name, List<Expr> operands, int at) implements Expr {}

    /** CASE: conditions include the operand's comparisons; results include ELSE. */
    record Case(List<Expr> conditions, List<Expr> results, int at) implements Expr {}

    /** {@code CAST(e AS t)}, {@code e::t}. Narrow: a number of so few digits that values may not fit. */
    record Cast(Expr operand, String type, boolean narrow, boolean attempt, int at) implements Expr {}

    /** {@code e:path[i].x}, {@code e[i]}: the subscripts that are expressions. */
    record Access(Expr base, List<Expr> subscripts, int at) implements Expr {}

    /** A call. */
    record Call(
            List<Name> name,
            List<Argument> arguments,
            boolean distinct,
            List<Expr> orderBy,
            @Nullable Expr filter,
            @Nullable Window over,
            int start,
            int end)
            implements Expr {
        /** The undotted name in upper case, or the dotted name. */
        public String function() {
            StringBuilder out = new StringBuilder();
            for (Name part : name) {
                out.append(out.isEmpty() ? "" : ".")
                        .append(part.quoted() ? part.value() : part.value().toUpperCase(java.util.Locale.ROOT));
            }
            return out.toString();
        }
    }

    /** One argument, named or not. */
    record Argument(@Nullable String name, Expr value) {}

    /** A window: its own parts, or those of the named window it refers to. */
    record Window(@Nullable Name named, List<Expr> partitionBy, List<Expr> orderBy, List<Expr> frame) {}

    /** {@code (x, y) -> body}. */
    record Lambda(List<Name> parameters, Expr body) implements Expr {}

    /** A subquery as a value, or inside EXISTS. */
    record Subquery(Query query, boolean exists, int at) implements Expr {}

    /** {@code *}, {@code t.*} with its edits. */
    record Star(List<Name> qualifier, StarEdits edits, int at) implements Expr {}

    /** ILIKE, EXCLUDE, REPLACE, RENAME of a star. */
    record StarEdits(@Nullable String like, List<Name> exclude, List<Replacement> replace, List<Renaming> rename) {
        public static final StarEdits NONE = new StarEdits(null, List.of(), List.of(), List.of());
    }

    /** {@code REPLACE (e AS c)}. */
    record Replacement(Expr value, Name column) {}

    /** {@code RENAME c AS d}. */
    record Renaming(Name column, Name to) {}
}
