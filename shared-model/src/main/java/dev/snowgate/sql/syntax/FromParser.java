package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sources of rows: tables, derived tables, table functions, stages, joins. */
public final class FromParser {
    /** Words that Snowflake takes for no table in FROM unless they are quoted. */
    private static final Set<String> NO_TABLE =
            Set.of("CROSS", "FULL", "INNER", "JOIN", "LEFT", "NATURAL", "RIGHT", "USING");

    private final Cursor c;
    private final QueryParser queries;
    private final ExprParser expressions;
    private final PivotParser pivots;

    FromParser(Cursor cursor, QueryParser queries, ExprParser expressions) {
        this.c = cursor;
        this.queries = queries;
        this.expressions = expressions;
        this.pivots = new PivotParser(cursor, queries, expressions, this);
    }

    /** Takes a source with its joins. */
    public Query.From joined() {
        Query.From first = source();
        List<Query.Join> joins = new ArrayList<>();
        while (true) {
            boolean natural = c.sees("NATURAL") && c.accept("NATURAL");
            String kind = joinKind();
            if (kind.isEmpty()) {
                if (natural) {
                    throw c.unexpected("JOIN");
                }
                break;
            }
            Query.From right = source();
            List<Expr> on = new ArrayList<>();
            List<Name> using = List.of();
            while (true) {
                if (c.sees("MATCH_CONDITION", "(")) {
                    c.expect("MATCH_CONDITION", "(");
                    on.add(expressions.expression());
                    c.expect(")");
                } else if (c.accept("ON")) {
                    on.add(expressions.expression());
                } else if (c.sees("USING") && c.peek(1).is("(")) {
                    c.next();
                    using = joinColumns();
                } else {
                    break;
                }
            }
            joins.add(new Query.Join(kind, natural, right, on, using));
        }
        return joins.isEmpty() ? first : new Query.JoinedSource(first, joins);
    }

    /** Columns of USING; a table's name before one says nothing. */
    private List<Name> joinColumns() {
        c.expect("(");
        List<Name> columns = new ArrayList<>();
        do {
            columns.add(c.dotted().getLast());
        } while (c.accept(",") && !c.sees(")"));
        c.expect(")");
        return columns;
    }

    private String joinKind() {
        int start = c.position();
        StringBuilder kind = new StringBuilder();
        while (c.seesAny("INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "ASOF", "DIRECTED")) {
            kind.append(c.next().word()).append(' ');
        }
        if (c.seesAny("SEMI", "ANTI") && c.peek(1).is("JOIN")) {
            // a reader that does not know these joins takes the word for an alias, and then * has more columns
            throw c.unsupported(c.peek().word() + " JOIN", "Use WHERE EXISTS (…) or WHERE NOT EXISTS (…).");
        }
        if (c.accept("JOIN")) {
            return kind + "JOIN";
        }
        c.back(start);
        return "";
    }

    private Query.From source() {
        c.enter();
        Query.From source = simple();
        source = pivots.suffixes(source);
        sample();
        source = pivots.suffixes(source);
        c.leave();
        return source;
    }

    private void sample() {
        if (!c.seesAny("SAMPLE", "TABLESAMPLE")) {
            return;
        }
        c.next();
        c.acceptAny("BERNOULLI", "ROW", "SYSTEM", "BLOCK");
        c.expect("(");
        if (c.peek().type() != Token.Type.NUMBER && c.peek().type() != Token.Type.VARIABLE && !c.seesAny("?", ":")) {
            throw c.unexpected("a number");
        }
        if (c.acceptAny(":")) {
            c.next();
        } else {
            c.next();
        }
        c.accept("ROWS");
        c.expect(")");
        if (c.acceptAny("SEED", "REPEATABLE")) {
            c.expect("(");
            c.next();
            c.expect(")");
        }
    }

    private Query.From simple() {
        Token token = c.peek();
        boolean lateral = c.sees("LATERAL") && c.accept("LATERAL");
        if (c.sees("(")) {
            return parenthesised();
        }
        if (c.sees("VALUES")) {
            Query.Values values = queries.values();
            return new Query.DerivedSource(
                    new Query(
                            List.of(),
                            List.of(new Query.Branch("", false, false, values)),
                            List.of(),
                            List.of(),
                            token.start()),
                    alias());
        }
        if (c.sees("TABLE", "(")) {
            return tableFunction();
        }
        if (c.peek().type() == Token.Type.STAGE || c.peek().isText()) {
            return stage();
        }
        if (c.peek().type() == Token.Type.POSITIONAL) {
            int back = PrimaryParser.index(c.next());
            return new Query.StepSource(back, alias(), token.start());
        }
        if (c.sees("IDENTIFIER", "(")) {
            List<Name> name = identifier();
            return table(name);
        }
        if (c.seesAny("SEMANTIC_VIEW") && c.peek(1).is("(")) {
            return semanticView();
        }
        if (!c.peek().isName()
                || Words.reserved(c.peek().word())
                || NO_TABLE.contains(c.peek().word())) {
            throw c.unexpected("a table");
        }
        int start = c.peek().start();
        List<Name> name = c.dotted();
        if (c.sees("(")) {
            Expr.Call call = new CallParser(c, expressions, queries).call(name, start);
            return new Query.FunctionSource(call, alias());
        }
        if (lateral) {
            throw c.unexpected("a table function or subquery");
        }
        return table(name);
    }

    private Query.From parenthesised() {
        int start = c.position();
        if (!c.notDerived.get(start)) {
            Query query = queries.queryInParentheses();
            if (query != null) {
                return new Query.DerivedSource(query, alias());
            }
            c.notDerived.set(start);
        }
        c.expect("(");
        Query.From inner = joined();
        c.expect(")");
        Query.Alias alias = alias();
        if (alias != null) {
            // (a JOIN b) AS x renames the whole: kept as a derived SELECT * so that qualified names resolve by the
            // alias alone
            return new Query.DerivedSource(Query.all(inner, 0), alias);
        }
        return inner;
    }

    private Query.From tableFunction() {
        c.expect("TABLE", "(");
        Query.From source;
        if (c.peek().isText()) {
            List<Name> name = literalName(c.next());
            c.expect(")");
            return table(name);
        }
        if (c.isScript() && c.sees(":") && c.peek(1).isName() && c.peek(2).is(")")) {
            c.next();
        }
        if (c.peek().type() == Token.Type.VARIABLE || c.seesAny("?", ":")) {
            throw c.unsupported("TABLE(variable)", "Write the table's name in the statement.");
        }
        if (c.sees("IDENTIFIER", "(")) {
            List<Name> name = identifier();
            c.expect(")");
            return table(name);
        }
        int start = c.peek().start();
        List<Name> name = c.dotted();
        if (c.sees("!") && c.peek(1).isName()) {
            c.next();
            name = List.of(new Name("MODEL", false, start), c.name());
        }
        if (!c.sees("(")) {
            c.expect(")");
            return c.isScript() && name.size() == 1 ? new Query.ResultSource(name.getFirst(), alias()) : table(name);
        }
        Expr.Call call = new CallParser(c, expressions, queries).call(name, start);
        c.expect(")");
        source = new Query.FunctionSource(call, alias());
        return source;
    }

    /** A semantic view: what its metrics and dimensions are made of is not in the text. */
    private Query.From semanticView() {
        int at = c.peek().start();
        c.expect("SEMANTIC_VIEW");
        int end = c.position() + c.partnerOf(0);
        c.expect("(");
        if (c.seesReserved()) {
            throw c.unexpected("a semantic view");
        }
        List<Name> name = c.dotted();
        if (!c.seesAny("METRICS", "DIMENSIONS", "FACTS", "WHERE", ")")) {
            throw c.unexpected("METRICS or DIMENSIONS");
        }
        while (c.position() < end) {
            if (c.seesAny("SELECT", "FROM")) {
                throw c.unsupported("query in a semantic view", "Name metrics and dimensions.");
            }
            c.next();
        }
        c.expect(")");
        return new Query.SemanticSource(name, alias(), at);
    }

    private List<Name> identifier() {
        return identifier(c);
    }

    /** Takes {@code IDENTIFIER('literal')} and gives the name in it; anything but a literal is refused. */
    public static List<Name> identifier(Cursor c) {
        c.expect("IDENTIFIER", "(");
        if (!c.peek().isText()) {
            throw c.unsupported("IDENTIFIER with a variable", "Write the object's name in the statement.");
        }
        List<Name> name = literalName(c.next());
        c.expect(")");
        return name;
    }

    /** The dotted name that a literal holds. */
    public static List<Name> literalName(Token literal) {
        return plainName(literal.content(), literal.start());
    }

    /** The dotted name that a text holds; {@code at} is where problems are reported. */
    public static List<Name> plainName(String text, int at) {
        SyntaxProblem problem = new SyntaxProblem(
                "name in a literal", "The literal does not hold a plain name.", "Write the name in the statement.", at);
        Lexed lexed;
        try {
            lexed = Lexer.lex(text);
        } catch (SyntaxProblem inner) {
            throw problem;
        }
        Cursor cursor = new Cursor(lexed.tokens(), 10, Deadline.in(1_000));
        if (cursor.atEnd() || !cursor.peek().isName() || !lexed.comments().isEmpty()) {
            throw problem;
        }
        List<Name> parts = cursor.dotted();
        if (!cursor.atEnd()) {
            throw problem;
        }
        return parts.stream().map(p -> new Name(p.value(), p.quoted(), at)).toList();
    }

    private Query.From stage() {
        String location = c.peek().content();
        if (c.peek().isText() && !location.contains("://") && !location.startsWith("@")) {
            throw c.unexpected("a table");
        }
        Token token = c.next();
        if (c.sees("(")) {
            for (int i = 0; i < c.partnerOf(0); i++) {
                if (c.peek(i).is("SELECT")) {
                    throw c.unsupported("query in the options of a stage", "Write plain options.");
                }
            }
            c.skipGroup();
        }
        return new Query.StageSource(token.content(), alias(), token.start());
    }

    private Query.From table(List<Name> name) {
        boolean travel = false;
        List<Expr> moments = new ArrayList<>();
        while (true) {
            if (c.sees("CHANGES", "(") && c.peek(3).is("=>")) {
                c.next();
                c.skipGroup();
                travel = true;
            } else if ((c.sees("AT", "(") || c.sees("BEFORE", "(") || c.sees("END", "("))
                    && c.peek(3).is("=>")) {
                travel = true;
                c.next();
                c.expect("(");
                c.next();
                c.expect("=>");
                moments.add(expressions.expression());
                c.expect(")");
            } else {
                break;
            }
        }
        sample();
        return new Query.TableSource(name, alias(), travel, moments);
    }

    /** Takes an alias with optional columns. */
    Query.@Nullable Alias alias() {
        Name name;
        boolean last = c.seesAny("WINDOW", "AT", "BEFORE", "CHANGES")
                && (c.peek(1).type() == Token.Type.END
                        || c.peek(1).is(",")
                        || c.peek(1).is(")")
                        || c.peek(1).is("(") && (c.peek(3).is(",") || c.peek(3).is(")")));
        if (c.accept("AS") || last) {
            name = c.name();
        } else if (c.peek().isName()
                && !Words.reserved(c.peek().word())
                && !Words.NOT_TABLE_ALIAS.contains(c.peek().word())
                && !isSemi()) {
            name = c.name();
        } else {
            return null;
        }
        List<Name> columns = List.of();
        if (c.sees("(") && c.peek(1).isName() && (c.peek(2).is(",") || c.peek(2).is(")"))) {
            columns = queries.nameList();
        }
        return new Query.Alias(name, columns);
    }

    private boolean isSemi() {
        return c.seesAny("SEMI", "ANTI") && c.peek(1).is("JOIN");
    }
}
