package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.Set;

/** What calling a function does beside its value: effects, flags, query ids. */
final class FunctionFacts {
    /** Functions below SNOWFLAKE.CORTEX and SNOWFLAKE.ML that answer by what they are given alone; others read what is not in the text. */
    private static final Set<String> MODEL_CALLS = Set.of(
            "CLASSIFY_TEXT",
            "COMPLETE",
            "COUNT_TOKENS",
            "EMBED_TEXT",
            "EMBED_TEXT_768",
            "EMBED_TEXT_1024",
            "ENTITY_SENTIMENT",
            "EXTRACT_ANSWER",
            "PARSE_DOCUMENT",
            "SENTIMENT",
            "SPLIT_TEXT_MARKDOWN_HEADER",
            "SPLIT_TEXT_RECURSIVE_CHARACTER",
            "SUMMARIZE",
            "TOP_INSIGHTS",
            "TRANSLATE",
            "TRY_COMPLETE");

    private FunctionFacts() {}

    /** Whether Snowflake itself provides it: no function of the account can go by that name. */
    static boolean isBuiltin(Expr.Call call) {
        String name = call.function();
        if (call.name().size() > 1) {
            return isOf(call, "SNOWFLAKE", 0);
        }
        return Builtins.isKnown(name)
                || Builtins.is(name, "query-id")
                || name.startsWith("SYSTEM$")
                || name.indexOf('!') >= 0;
    }

    /** Records the call; false if nothing is known of the function. */
    static boolean record(Expr.Call call, Facts facts, QueryLineageReader queries) {
        String name = call.function();
        facts.functions.add(name);
        if (call.name().size() > 1) {
            return dotted(call, name, facts);
        }
        if (name.equals("LAST_QUERY_ID")) {
            lastQueryId(call, facts);
        }
        if (Builtins.is(name, "query-id")) {
            queryId(call, name, facts);
        }
        if (Builtins.is(name, "context")) {
            facts.effects.add(Effect.METADATA);
        }
        if (Builtins.is(name, "external")) {
            facts.effects.add(Effect.EXTERNAL_CALL);
        }
        if (Builtins.is(name, "file")) {
            facts.effects.add(Effect.FILE_TRANSFER);
        }
        if (Builtins.is(name, "code")) {
            facts.effects.add(Effect.METADATA);
            facts.flag("metadata:code");
        }
        if (name.equals("ALL_USER_NAMES")) {
            facts.flag("metadata:users");
        }
        if (Builtins.isKnown(name)) {
            return true;
        }
        unknown(name, facts);
        return false;
    }

    /** Whether the part of its name is that one: a quoted part keeps its case, and its dots are its own. */
    private static boolean isOf(Expr.Call call, String name, int part) {
        Name written = call.name().get(part);
        return written.quoted() ? written.value().equals(name) : written.value().equalsIgnoreCase(name);
    }

    private static boolean dotted(Expr.Call call, String name, Facts facts) {
        boolean provided = call.name().size() == 3 && isOf(call, "SNOWFLAKE", 0);
        if (provided && (isOf(call, "CORTEX", 1) || isOf(call, "ML", 1))) {
            facts.effects.add(Effect.EXTERNAL_CALL);
            if (MODEL_CALLS.stream().anyMatch(function -> isOf(call, function, 2))) {
                return true;
            }
        }
        unknown(name, facts);
        return false;
    }

    private static void unknown(String name, Facts facts) {
        if (name.startsWith("SYSTEM$")) {
            facts.effects.add(Effect.CODE);
        }
        facts.flag("unknown-function:" + name);
    }

    private static void lastQueryId(Expr.Call call, Facts facts) {
        facts.lastQueryId = true;
        facts.queryIds.add(
                new QueryIdUse(QueryIds.lastQueryId(call), new TextSpan(call.start(), call.end()), "LAST_QUERY_ID"));
    }

    /** The id in a call must be a literal. */
    static String queryId(Expr.Call call, String name, Facts facts) {
        if (!call.arguments().isEmpty()) {
            Expr first = call.arguments().getFirst().value();
            if (first instanceof Expr.Literal literal
                    && literal.token() != null
                    && literal.token().isText()) {
                String id = literal.token().content();
                facts.queryIds.add(new QueryIdUse(
                        id,
                        new TextSpan(literal.token().start(), literal.token().end()),
                        name));
                return id;
            }
            if (name.equals("RESULT_SCAN") && QueryIds.isNumber(first)) {
                lastQueryId(call, facts);
                return QueryIds.lastQueryId(call);
            }
            if (first instanceof Expr.Call inner && inner.function().equals("LAST_QUERY_ID")) {
                facts.functions.add("LAST_QUERY_ID");
                lastQueryId(inner, facts);
                return QueryIds.lastQueryId(inner);
            }
        }
        throw new SyntaxProblem(
                name + " with a computed id",
                "The id given to " + name + " is not a literal.",
                "Write the query id as a literal, or use LAST_QUERY_ID() or a number.",
                call.start());
    }
}
