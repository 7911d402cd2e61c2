package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Argument;
import dev.snowgate.catalog.Routine.Result;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what Snowflake says of the arguments and the result of a routine: {@code (A NUMBER, B VARCHAR DEFAULT 'x')}, {@code TABLE (A NUMBER)}. */
public final class RoutineSignatures {
    private static final Set<String> MODES = Set.of("IN", "OUT", "INOUT", "INPUT", "OUTPUT");
    private static final int MAX_DEPTH = 20;
    private static final int MILLIS = 500;

    private RoutineSignatures() {}

    /**
     * How a routine is called, by what the information schema says of it; nothing if its arguments are not understood. With whose rights a
     * procedure runs is not said there.
     */
    public static Optional<Routine> routine(
            ObjectKind kind, String language, String signature, String type, boolean secure, boolean external) {
        String returns = type.strip().toUpperCase(Locale.ROOT);
        return arguments(signature)
                .map(arguments -> new Routine(
                        language.strip().toUpperCase(Locale.ROOT),
                        arguments,
                        returns.startsWith(Routine.TABLE) ? Routine.TABLE : returns,
                        columns(type).orElse(List.of()),
                        kind == ObjectKind.FUNCTION ? Routine.Rights.OWNER : Routine.Rights.UNKNOWN,
                        secure,
                        external));
    }

    /** The arguments in their order, or nothing if the text is not understood. */
    public static Optional<List<Argument>> arguments(String signature) {
        return read(signature, RoutineSignatures::arguments);
    }

    /** The columns of a type that gives rows, in their order; nothing if it is another type or not understood. */
    public static Optional<List<Result>> columns(String type) {
        return read(type, c -> {
            c.expect("TABLE");
            return arguments(c).stream()
                    .map(argument -> new Result(argument.name(), argument.type()))
                    .toList();
        });
    }

    /** Whether the expression is one literal. */
    static boolean isConstant(String expression) {
        return read(expression, c -> {
                    c.acceptAny("-", "+");
                    return c.peek().isLiteral() || c.seesAny("NULL", "TRUE", "FALSE") ? c.next() : null;
                })
                .isPresent();
    }

    private interface Rule<T extends @org.jspecify.annotations.Nullable Object> {
        T read(Cursor c);
    }

    private static <T> Optional<T> read(String text, Rule<@org.jspecify.annotations.Nullable T> rule) {
        try {
            Cursor c = new Cursor(Lexer.lex(text).tokens(), MAX_DEPTH, Deadline.in(MILLIS));
            T result = rule.read(c);
            return c.atEnd() ? Optional.ofNullable(result) : Optional.empty();
        } catch (SyntaxProblem unreadable) {
            return Optional.empty();
        }
    }

    private static List<Argument> arguments(Cursor c) {
        List<Argument> arguments = new ArrayList<>();
        c.expect("(");
        while (!c.sees(")")) {
            arguments.add(argument(c));
            if (!c.accept(",")) {
                break;
            }
        }
        c.expect(")");
        return arguments;
    }

    private static Argument argument(Cursor c) {
        boolean out = false;
        if (isMode(c, 0)) {
            out = !c.next().is("IN") || c.sees("OUT");
            c.accept("OUT");
        }
        // names are as they are stored: whether they were quoted is not always shown
        String name = c.name().value();
        if (isMode(c, 0)) {
            out |= !c.next().is("IN");
        }
        String type = text(c, "DEFAULT");
        Optional<String> given = c.accept("DEFAULT") ? Optional.of(text(c)) : Optional.empty();
        if (type.isEmpty()) {
            throw c.unexpected("a type");
        }
        return new Argument(name, type.toUpperCase(Locale.ROOT), given, out);
    }

    private static boolean isMode(Cursor c, int ahead) {
        return MODES.contains(c.peek(ahead).word())
                && c.peek(ahead + 1).isName()
                && !c.peek(ahead + 1).is("DEFAULT");
    }

    /** The tokens up to the end of the argument, or up to the word. */
    private static String text(Cursor c, String... stops) {
        StringBuilder text = new StringBuilder();
        int end = -1;
        while (!c.atEnd() && !c.seesAny(",", ")") && !c.seesAny(stops)) {
            int start = c.position();
            if (c.seesAny("(", "[", "{")) {
                c.skipGroup();
            } else {
                c.next();
            }
            for (Token token : c.from(start).subList(0, c.position() - start)) {
                text.append(end >= 0 && token.start() > end ? " " : "").append(token.text());
                end = token.end();
            }
        }
        return text.toString();
    }
}
