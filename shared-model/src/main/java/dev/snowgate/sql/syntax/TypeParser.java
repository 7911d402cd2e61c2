package dev.snowgate.sql.syntax;

/** Type names after {@code ::}, in CAST and in column definitions. */
public final class TypeParser {
    private static final String ENOUGH_DIGITS = "(1[89]|[23][0-9])";

    private TypeParser() {}

    /** Whether a number type with few digits follows; takes no token. */
    static boolean isNarrow(Cursor c) {
        return c.seesAny("NUMBER", "DECIMAL", "NUMERIC", "DEC")
                && c.peek(1).is("(")
                && c.peek(2).type() == Token.Type.NUMBER
                && !c.peek(2).text().matches("0*" + ENOUGH_DIGITS);
    }

    /** Takes a type and gives its name in upper case, without arguments. */
    public static String type(Cursor c) {
        Token token = c.peek();
        if (token.type() != Token.Type.WORD || !Words.TYPES.contains(token.word())) {
            throw c.unexpected("a type");
        }
        c.next();
        String name = token.word();
        switch (name) {
            case "DOUBLE" -> c.accept("PRECISION");
            case "CHAR", "NCHAR", "CHARACTER" -> c.accept("VARYING");
            case "INTERVAL" -> {
                while (c.seesAny("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO", "(")) {
                    if (c.sees("(")) {
                        c.skipGroup();
                    } else {
                        c.next();
                    }
                }
            }
            default -> {}
        }
        if (c.sees("(")) {
            arguments(c, name);
        }
        if (name.equals("TIME") || name.equals("TIMESTAMP")) {
            if (c.accept("WITH", "LOCAL", "TIME", "ZONE")
                    || c.accept("WITH", "TIME", "ZONE")
                    || c.accept("WITHOUT", "TIME", "ZONE")) {
                return name;
            }
        }
        return name;
    }

    private static void arguments(Cursor c, String name) {
        switch (name) {
            case "ARRAY", "MAP", "VECTOR" -> {
                c.expect("(");
                do {
                    if (c.peek().type() == Token.Type.NUMBER) {
                        c.next();
                    } else {
                        type(c);
                        c.accept("NOT", "NULL");
                    }
                } while (c.accept(","));
                c.expect(")");
            }
            case "OBJECT" -> {
                c.expect("(");
                if (!c.sees(")")) {
                    do {
                        c.name();
                        type(c);
                        c.accept("NOT", "NULL");
                    } while (c.accept(","));
                }
                c.expect(")");
            }
            default -> {
                c.expect("(");
                if (c.accept(")")) {
                    return;
                }
                do {
                    if (c.peek().type() != Token.Type.NUMBER) {
                        throw c.unexpected("a number");
                    }
                    c.next();
                } while (c.accept(","));
                c.expect(")");
            }
        }
    }
}
