package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;

/** Folds VALUES lists of plain literals to their first row, for analysis only. */
final class BulkValues {
    private BulkValues() {}

    /** The tokens with each foldable list cut to its first row; the list itself if nothing was folded. */
    static List<Token> fold(List<Token> tokens) {
        List<Token> result = null;
        int i = 0;
        while (i < tokens.size()) {
            if (tokens.get(i).is("VALUES")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("(")) {
                int first = row(tokens, i + 1);
                int end = first;
                int cells = first < 0 ? -1 : cells(tokens, i + 1, first);
                while (end > 0 && end < tokens.size() && tokens.get(end).is(",")) {
                    int next = row(tokens, end + 1);
                    if (next < 0 || cells(tokens, end + 1, next) != cells) {
                        end = -1;
                        break;
                    }
                    end = next;
                }
                if (end > first && first > 0) {
                    if (result == null) {
                        result = new ArrayList<>(tokens.subList(0, i));
                    }
                    result.addAll(tokens.subList(i, first));
                    i = end;
                    continue;
                }
            }
            if (result != null) {
                result.add(tokens.get(i));
            }
            i++;
        }
        return result == null ? tokens : result;
    }

    /** The index after the row of plain cells that starts here, or -1. */
    private static int row(List<Token> tokens, int start) {
        if (start >= tokens.size() || !tokens.get(start).is("(")) {
            return -1;
        }
        int i = start + 1;
        while (i < tokens.size()) {
            if (tokens.get(i).is("-") || tokens.get(i).is("+")) {
                i++;
            }
            if (i >= tokens.size() || !isPlain(tokens.get(i))) {
                return -1;
            }
            i++;
            if (i + 1 < tokens.size()
                    && tokens.get(i).is("::")
                    && tokens.get(i + 1).type() == Token.Type.WORD) {
                i += 2;
            }
            if (i < tokens.size() && tokens.get(i).is(")")) {
                return i + 1;
            }
            if (i >= tokens.size() || !tokens.get(i).is(",")) {
                return -1;
            }
            i++;
        }
        return -1;
    }

    private static boolean isPlain(Token token) {
        return token.isLiteral()
                || token.is("TRUE")
                || token.is("FALSE")
                || token.is("NULL")
                || token.is("DEFAULT")
                || token.is("?");
    }

    private static int cells(List<Token> tokens, int start, int end) {
        int commas = 0;
        for (int i = start; i < end; i++) {
            commas += tokens.get(i).is(",") ? 1 : 0;
        }
        return commas + 1;
    }
}
