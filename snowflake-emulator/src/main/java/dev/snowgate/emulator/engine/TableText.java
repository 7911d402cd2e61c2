package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.util.ArrayList;
import java.util.List;

/**
 * The DuckDB statements of one CREATE TABLE or CREATE VIEW.
 *
 * @param rest what follows the name
 */
record TableText(String head, String target, Script rest, SessionContext context, String type, Session session) {

    List<String> statements() {
        List<Token> tokens = rest.tokens();
        if (rest.starts("CLONE") || rest.starts("LIKE")) {
            Names source = Names.read(tokens, 1, session.database(), session.schema());
            return List.of(head + target + " AS FROM " + source.render() + (rest.starts("LIKE") ? " LIMIT 0" : ""));
        }
        int as = indexOfAs(tokens);
        String query = as < 0 ? "" : new Translator(context).translate(body(tokens.subList(as + 1, tokens.size())));
        boolean columns = rest.starts("(");
        if (type.equals("VIEW")) {
            String names =
                    columns ? " " + Calls.render(viewColumns(tokens.subList(0, Calls.close(tokens, 0) + 1))) : "";
            return List.of(head + target + names + " AS " + query);
        }
        if (!columns) {
            return List.of(head + target + " AS " + query);
        }
        List<Token> list = columns(tokens.subList(0, Calls.close(tokens, 0) + 1));
        boolean typed = list.stream().anyMatch(t -> t.type() != Token.Type.OP && !t.is(","))
                && list.size() > 2
                && !list.get(2).is(",")
                && !list.get(2).is(")");
        if (as >= 0 && !typed) {
            return List.of(head + target + " " + Calls.render(list) + " AS " + query);
        }
        List<Token> create = new ArrayList<>();
        create.add(Token.word("CREATE"));
        create.addAll(list);
        String text = new Translator(context)
                .translate(new Script(rest.source(), create))
                .substring("CREATE ".length());
        List<String> statements = new ArrayList<>(List.of(head + target + " " + text));
        if (as >= 0) {
            statements.add("INSERT INTO " + target + " " + query);
        }
        return statements;
    }

    private Script body(List<Token> tokens) {
        boolean bracketed = tokens.getFirst().is("(") && Calls.close(tokens, 0) == tokens.size() - 1;
        return new Script(rest.source(), bracketed ? tokens.subList(1, tokens.size() - 1) : tokens);
    }

    private static int indexOfAs(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) {
                depth++;
            } else if (tokens.get(i).is(")")) {
                depth--;
            } else if (depth == 0 && tokens.get(i).is("AS")) {
                return i;
            }
        }
        return -1;
    }

    private static List<Token> viewColumns(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("COMMENT")) {
                i++;
            } else {
                out.add(tokens.get(i));
            }
        }
        return out;
    }

    /** Drops what DuckDB does not know or would enforce although Snowflake does not: keys, comments, identities. */
    private static List<Token> columns(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        out.add(tokens.getFirst());
        for (List<Token> column : Calls.split(tokens.subList(1, tokens.size() - 1))) {
            boolean constraint = column.getFirst().is("PRIMARY")
                    || column.getFirst().is("FOREIGN")
                    || column.getFirst().is("CONSTRAINT")
                    || column.getFirst().is("UNIQUE");
            if (constraint) {
                continue;
            }
            if (out.size() > 1) {
                out.add(new Token(Token.Type.OP, ",", ",", -1, -1));
            }
            for (int i = 0; i < column.size(); i++) {
                Token token = column.get(i);
                if (token.is("PRIMARY") || token.is("COMMENT") || token.is("COLLATE")) {
                    i++;
                } else if (token.is("AUTOINCREMENT")
                        || token.is("IDENTITY")
                        || token.is("REFERENCES")
                        || token.is("MASKING")
                        || (token.is("WITH"))) {
                    break;
                } else if (!token.is("UNIQUE")) {
                    out.add(token);
                }
            }
        }
        out.add(tokens.getLast());
        return out;
    }
}
