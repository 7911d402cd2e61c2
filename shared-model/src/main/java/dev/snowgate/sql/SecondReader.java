package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.feature.Feature;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;

/**
 * A second witness: JSqlParser reads the same tokens, and a table that it names and our reading does not makes the text not understood. It can only
 * refuse; where it cannot read the text it has no opinion, and nothing of what it says is used otherwise.
 */
final class SecondReader {
    static final int MAX_TOKENS = 2_000;
    static final int MAX_CHARS = 20_000;
    /** Its second, slower attempt tries every alternative at every bracket. */
    private static final int MAX_COMPLEX_DEPTH = 30;

    private static final int MILLIS = 300;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$.\"]+");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_ $()%:/-]*");
    private static final Set<String> READS =
            Set.of("SELECT", "WITH", "VALUES", "(", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE");
    private static final List<Class<? extends Statement>> STATEMENTS = List.of(
            Select.class, Insert.class, Update.class, Delete.class, Merge.class, CreateTable.class, CreateView.class);
    /** Its failed attempts log at INFO, with the text. The reference keeps the level from being forgotten. */
    private static final Logger LOG = Logger.getLogger("net.sf.jsqlparser");
    /** Tells a parse that its time is over; the parse itself stays in the caller's thread. */
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("second-reader-clock").factory());

    static {
        LOG.setLevel(Level.OFF);
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private SecondReader() {}

    /** Fails if the other reader names a table that is not among the objects of our reading. */
    static void check(Reading reading, List<Token> tokens, List<ObjectUse> objects, Namespace names) {
        reading.deadline().check();
        Optional<List<List<Name>>> tables =
                reading.witness().tables(tokens, reading.deadline().remainingMillis());
        // that time ended is no opinion: then the text is too slow to read, whatever was seen
        reading.deadline().check();
        tables.ifPresent(seen -> compare(seen, objects, names, tokens.getFirst().start()));
    }

    /** Fails if one of the tables is not among the objects. */
    static void compare(List<List<Name>> tables, List<ObjectUse> objects, Namespace names, int at) {
        for (List<Name> table : tables) {
            if (table.getFirst().value().startsWith("'")) {
                // a location in quotes is a stage, and no name
                continue;
            }
            ObjectName read = names.lookup(table);
            ObjectName made = names.object(table);
            if (objects.stream()
                    .noneMatch(use -> use.name().equals(read) || use.name().equals(made))) {
                throw new SyntaxProblem(
                        "two readers disagree",
                        "A second reader of the text sees the object " + read + ", which the first one does not.",
                        "Write the statement in a plainer way: name each table once, with an alias.",
                        at);
            }
        }
    }

    /** The tables that the other reader sees, or nothing if it has no opinion. */
    static Optional<List<List<Name>>> tables(List<Token> tokens, long millis) {
        if (tokens.isEmpty()
                || tokens.size() > MAX_TOKENS
                || !READS.contains(tokens.getFirst().word())
                || isInto(tokens)
                || tokens.stream()
                        .anyMatch(token -> token.type() == Token.Type.STAGE
                                || token.type() == Token.Type.QUOTED
                                        && !PLAIN.matcher(token.content()).matches())) {
            // odd names come back in another form: it reads an @ inside of quotes as a link to a database
            return Optional.empty();
        }
        String text = text(named(tokens));
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Statement statement = parse(text, false, Math.min(MILLIS, millis));
        long left = millis - (System.nanoTime() - start) / 1_000_000L;
        if (statement == null && left > 0 && depth(tokens) <= MAX_COMPLEX_DEPTH) {
            statement = parse(text, true, Math.min(MILLIS, left));
        }
        if (statement == null) {
            return Optional.empty();
        }
        // a table without a query reads nothing: what its foreign keys name is not read
        boolean reads = STATEMENTS.contains(kind(statement))
                && !(statement instanceof CreateTable table && table.getSelect() == null);
        return reads ? SecondReaderTables.of(statement) : Optional.empty();
    }

    /** SELECT … INTO of a script: it takes variables for tables. */
    private static boolean isInto(List<Token> tokens) {
        Token first = tokens.getFirst();
        return (first.is("SELECT") || first.is("WITH")) && tokens.stream().anyMatch(token -> token.is("INTO"));
    }

    private static Class<? extends Statement> kind(Statement statement) {
        return statement instanceof Select ? Select.class : statement.getClass();
    }

    /** One line without comments, each text literal a placeholder, so that the lexical rules of both cannot differ. */
    private static String text(List<Token> tokens) {
        StringBuilder out = new StringBuilder();
        int end = tokens.getFirst().start();
        int literals = 0;
        for (Token token : tokens) {
            out.append(token.start() == end ? "" : " ");
            out.append(token.isText() ? "'s" + literals++ + "'" : token.text());
            end = token.end();
        }
        return out.toString();
    }

    /** Writes {@code IDENTIFIER('a.b')} as the name that it is: the other reader takes it for a function. */
    private static List<Token> named(List<Token> tokens) {
        List<Token> result = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            boolean name = tokens.get(i).is("IDENTIFIER")
                    && i + 3 < tokens.size()
                    && tokens.get(i + 1).is("(")
                    && tokens.get(i + 2).isText()
                    && tokens.get(i + 3).is(")")
                    && NAME.matcher(tokens.get(i + 2).content()).matches();
            if (name) {
                Token literal = tokens.get(i + 2);
                result.add(new Token(Token.Type.WORD, literal.start(), literal.end(), literal.content(), ""));
                i += 3;
            } else {
                result.add(tokens.get(i));
            }
        }
        return result;
    }

    private static int depth(List<Token> tokens) {
        int depth = 0;
        int deepest = 0;
        for (Token token : tokens) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static @org.jspecify.annotations.Nullable Statement parse(String text, boolean complex, long millis) {
        CCJSqlParser parser = CCJSqlParserUtil.newParser(text)
                .withAllowComplexParsing(complex)
                .withSquareBracketQuotation(false)
                .withFeature(Feature.allowBackslashEscapeCharacter, true);
        Future<?> end = CLOCK.schedule(() -> parser.interrupted = true, millis, TimeUnit.MILLISECONDS);
        try {
            return parser.Statement();
        } catch (ParseException | RuntimeException | StackOverflowError noOpinion) {
            return null;
        } finally {
            end.cancel(false);
        }
    }
}
