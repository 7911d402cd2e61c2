package dev.snowgate.emulator.sql;

import dev.snowgate.emulator.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the DuckDB text of a query or of a statement that changes data. Knows the session only through
 * {@link Context}.
 */
public final class Translator {
    private static final Set<String> INFO_VIEWS =
            Set.of("TABLES", "STAGES", "COLUMNS", "VIEWS", "SCHEMATA", "DATABASES", "FUNCTIONS", "PROCEDURES");
    private static final Set<String> TABLE_FUNCTIONS = Set.of("TAG_REFERENCES_ALL_COLUMNS", "POLICY_REFERENCES");
    private final Context context;

    /** What a text may refer to without naming it. */
    public interface Context {
        @Nullable
        String database();

        /** The literal that a context function stands for, or null when it is no context function. */
        @Nullable
        String function(String name);

        @Nullable
        String variable(String name);

        /** Makes an earlier result readable and returns the DuckDB name under which it is. */
        String resultScan(String queryId);

        /** The text that defines an object. */
        String ddl(String type, String name);

        /** The id of an earlier query of the session: -1 is the latest, 1 the first. */
        String lastQueryId(int offset);

        /** A table function of an information schema about one object, as a subquery. */
        String tableFunction(String function, String database, String schema, String name);
    }

    public Translator(Context context) {
        this.context = context;
    }

    public String translate(Script script) {
        List<Token> tokens = SelectList.alias(script.source(), prepare(script.tokens()));
        boolean definitions = script.starts("CREATE") || script.starts("ALTER");
        return Calls.render(limit(Types.translate(expression(tokens), definitions)));
    }

    /** Replaces variables, IDENTIFIER(…), information schema and what DuckDB has another word for. */
    public List<Token> prepare(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : Token.raw("");
            if (token.type() == Token.Type.VARIABLE) {
                out.add(variable(token));
            } else if (token.is("IDENTIFIER") && next.is("(")) {
                int close = Calls.close(tokens, i + 1);
                out.addAll(Lexer.tokens(argument(tokens.subList(i + 2, close))));
                i = close;
            } else if (token.is("MINUS")) {
                out.add(Token.word("EXCEPT"));
            } else if ((token.is("AT") || token.is("BEFORE"))
                    && next.is("(")
                    && i > 0
                    && tokens.get(i - 1).isName()) {
                i = Calls.close(tokens, i + 1);
            } else if (token.is("SNOWFLAKE")
                    && next.is(".")
                    && i + 4 < tokens.size()
                    && tokens.get(i + 2).is("ACCOUNT_USAGE")) {
                out.add(Token.raw("\"_SF\".\"ACCOUNT_USAGE\"."
                        + Names.quote(tokens.get(i + 4).text())));
                i += 4;
            } else if (token.is("INFORMATION_SCHEMA") && next.is(".")) {
                i = informationSchema(tokens, i, out);
            } else {
                out.add(token);
            }
        }
        return out;
    }

    private int informationSchema(List<Token> tokens, int at, List<Token> out) {
        String database = context.database();
        if (out.size() >= 2 && out.getLast().is(".") && out.get(out.size() - 2).isName()) {
            database = out.get(out.size() - 2).text();
            out.removeLast();
            out.removeLast();
        }
        String view = at + 2 < tokens.size() ? tokens.get(at + 2).text() : "";
        if (database != null && TABLE_FUNCTIONS.contains(view)) {
            return informationFunction(tokens, at + 2, view, out);
        }
        if (database == null || !INFO_VIEWS.contains(view)) {
            throw new Refused(
                    "002003",
                    "02000",
                    "SQL compilation error:\nObject 'INFORMATION_SCHEMA." + view
                            + "' does not exist or not authorized.");
        }
        out.add(Token.raw("\"_SF\"." + Names.quote("INFO_" + database) + "." + Names.quote(view)));
        return at + 2;
    }

    /** {@code TABLE(INFORMATION_SCHEMA.f('object', …))}: the brackets of TABLE go. */
    private int informationFunction(List<Token> tokens, int at, String function, List<Token> out) {
        int close = Calls.close(tokens, at + 1);
        String object = "";
        for (List<Token> argument : Calls.split(tokens.subList(at + 2, close))) {
            boolean named = argument.size() > 2 && argument.get(1).is("=>");
            if (object.isEmpty() && (!named || argument.getFirst().is("REF_ENTITY_NAME"))) {
                String text = Calls.render(named ? argument.subList(2, argument.size()) : argument);
                object = text.startsWith("'")
                        ? text.substring(1, text.length() - 1).replace("''", "'")
                        : "NONE.NONE.NONE";
            }
        }
        Names name = Names.read(Lexer.tokens(object), 0, context.database(), "PUBLIC");
        out.removeLast();
        out.removeLast();
        out.add(Token.raw(context.tableFunction(
                function, String.valueOf(name.database()), String.valueOf(name.schema()), name.name())));
        return close + 1;
    }

    private Token variable(Token token) {
        String value = context.variable(token.text().substring(1));
        if (value == null) {
            throw new Refused(
                    "002211",
                    "02000",
                    "SQL compilation error: error line 1 at position " + token.start() + "\nSession variable '"
                            + token.text() + "' does not exist");
        }
        return Token.raw(value);
    }

    private String argument(List<Token> tokens) {
        Token only = tokens.size() == 1 ? tokens.getFirst() : Token.raw(Calls.render(tokens));
        if (only.type() == Token.Type.VARIABLE) {
            String value = variable(only).text();
            return value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
        }
        return only.text();
    }

    private List<Token> expression(List<Token> tokens) {
        return Paths.translate(casts(calls(tokens)));
    }

    private String part(List<Token> tokens) {
        return Calls.render(Types.translate(expression(tokens), false));
    }

    /** {@code 'text'::VARIANT} is a JSON string, not text to be parsed. */
    private static List<Token> casts(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens);
        for (int i = 0; i + 2 < out.size(); i++) {
            if (out.get(i).type() == Token.Type.STRING
                    && out.get(i + 1).is("::")
                    && Types.isJson(out.get(i + 2).text())) {
                out.set(i, Token.raw("to_json(" + out.get(i).render() + ")"));
            }
        }
        return out;
    }

    private List<Token> calls(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean member = i > 0 && tokens.get(i - 1).is(".");
            boolean call = token.type() == Token.Type.WORD
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("(")
                    && !member;
            if (!call) {
                String literal = token.type() == Token.Type.WORD
                                && !member
                                && token.text().startsWith("CURRENT_")
                        ? context.function(token.text())
                        : null;
                out.add(literal == null ? token : Token.raw(literal));
                continue;
            }
            int close = Calls.close(tokens, i + 1);
            List<Token> inside = tokens.subList(i + 2, close);
            if (token.is("FLATTEN") || token.is("GENERATOR") || token.is("RESULT_SCAN")) {
                unwrapTable(out);
                boolean wrapped =
                        close + 1 < tokens.size() && tokens.get(close + 1).is(")") && tableOpen;
                out.add(Token.raw(tableFunction(token.text(), Calls.split(inside))));
                i = wrapped ? close + 1 : close;
                tableOpen = false;
                continue;
            }
            String text = Types.isType(token.text()) && isColumnType(tokens, i) ? null : function(token.text(), inside);
            if (text != null) {
                int orderEnd = withinGroup(tokens, close, text, out);
                i = orderEnd;
            } else {
                out.add(token);
            }
        }
        return out;
    }

    private boolean tableOpen;

    /** Drops {@code TABLE (} before a table function; its closing bracket is dropped by the caller. */
    private void unwrapTable(List<Token> out) {
        tableOpen = out.size() >= 2
                && out.getLast().is("(")
                && out.get(out.size() - 2).is("TABLE");
        if (tableOpen) {
            out.removeLast();
            out.removeLast();
        }
        if (!out.isEmpty() && out.getLast().is("LATERAL")) {
            out.removeLast();
        }
    }

    private static boolean isColumnType(List<Token> tokens, int i) {
        return i > 0 && (tokens.get(i - 1).isName() || tokens.get(i - 1).is("::"));
    }

    private int withinGroup(List<Token> tokens, int close, String text, List<Token> out) {
        boolean ordered =
                close + 3 < tokens.size() && tokens.get(close + 1).is("WITHIN") && text.startsWith("string_agg");
        if (!ordered) {
            out.add(Token.raw(text));
            return close;
        }
        int end = Calls.close(tokens, close + 3);
        String order = part(tokens.subList(close + 4, end));
        out.add(Token.raw(text.substring(0, text.length() - 1) + " " + order + ")"));
        return end;
    }

    private @Nullable String function(String name, List<Token> inside) {
        if (name.equals("LAST_QUERY_ID")) {
            return "'"
                    + context.lastQueryId(
                            inside.isEmpty()
                                    ? -1
                                    : Integer.parseInt(Calls.render(inside).replace(" ", "")))
                    + "'";
        }
        if (name.equals("GET_DDL")) {
            List<String> given = Calls.split(inside).stream()
                    .map(Calls::render)
                    .map(t -> t.replace("'", ""))
                    .toList();
            return "'" + context.ddl(given.getFirst(), given.get(1)).replace("'", "''") + "'";
        }
        if (name.equals("SYSTEM$WAIT")) {
            return "'waited " + Calls.render(inside) + " seconds'";
        }
        String literal = context.function(name);
        if (literal != null) {
            return literal;
        }
        List<String> arguments = Calls.split(inside).stream().map(this::part).toList();
        boolean takesDistinct = !inside.isEmpty() && inside.getFirst().is("SELECT");
        return takesDistinct ? null : Functions.translate(name, arguments);
    }

    private String tableFunction(String name, List<List<Token>> arguments) {
        if (name.equals("RESULT_SCAN")) {
            List<Token> argument = arguments.isEmpty() ? List.of() : arguments.getFirst();
            String id = part(argument);
            return context.resultScan(id.replace("'", ""));
        }
        String first = "";
        for (List<Token> argument : arguments) {
            boolean named = argument.size() > 2 && argument.get(1).is("=>");
            if (!named || argument.getFirst().is("INPUT") || argument.getFirst().is("ROWCOUNT")) {
                first = part(named ? argument.subList(2, argument.size()) : argument);
            }
        }
        if (name.equals("GENERATOR")) {
            return "(SELECT 1 AS X FROM range(" + first + ")) GEN";
        }
        return "LATERAL (SELECT 1 AS SEQ, NULL AS KEY, NULL AS PATH, unnest(range(coalesce(json_array_length(to_json("
                + first + ")), 0)::BIGINT)) AS INDEX, unnest(json_extract(to_json(" + first
                + "), '$[*]')) AS VALUE, to_json(" + first + ") AS THIS)";
    }

    /** {@code SELECT TOP n …} is {@code SELECT … LIMIT n}. */
    private static List<Token> limit(List<Token> tokens) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).is("SELECT")
                    && tokens.get(i + 1).is("TOP")
                    && tokens.get(i + 2).type() == Token.Type.NUMBER) {
                List<Token> out = new ArrayList<>(tokens);
                String count = out.get(i + 2).text();
                out.remove(i + 2);
                out.remove(i + 1);
                out.add(Token.raw("LIMIT " + count));
                return out;
            }
        }
        return tokens;
    }

    /** Bind values put into the text as literals, one per question mark. */
    public static List<Token> bind(List<Token> tokens, List<String> literals) {
        List<Token> out = new ArrayList<>(tokens.size());
        int next = 0;
        for (Token token : tokens) {
            if (token.type() != Token.Type.PARAM) {
                out.add(token);
            } else if (next < literals.size()) {
                out.add(new Token(Token.Type.RAW, literals.get(next++), "?", token.start(), token.end()));
            } else {
                throw new Refused(
                        "002049",
                        "42601",
                        "SQL compilation error: error line 1 at position " + token.start()
                                + "\nBind variable ? not set.");
            }
        }
        return out;
    }
}
