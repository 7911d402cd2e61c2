package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.QueryIdUse;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Query ids that a text names. {@code LAST_QUERY_ID()} becomes a literal from our own ledger, ids that the caller owns bring the
 * lineage of their results, and our ids in the executed text become Snowflake's. An id that is not owned stays unknown, and the
 * analyser refuses what it cannot prove.
 */
final class QueryReferences {
    private static final Pattern UUID_LITERAL =
            Pattern.compile("'([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})'");
    private static final int MOST_IDS = 20;
    private static final int MOST_RECENT = 100;
    private final StatementLedger ledger;

    QueryReferences(StatementLedger ledger) {
        this.ledger = ledger;
    }

    /** Always emits; most texts name no id and cost nothing. */
    Mono<Resolved> resolve(Statement statement) {
        return foldLastQueryId(statement).flatMap(text -> ownedResults(statement, text));
    }

    private Mono<String> foldLastQueryId(Statement statement) {
        String upper = statement.text().toUpperCase(Locale.ROOT);
        if (!upper.contains("LAST_QUERY_ID") && !upper.contains("RESULT_SCAN")) {
            return Mono.just(statement.text());
        }
        return ledger.recentQueryIds(statement.session(), MOST_RECENT)
                .defaultIfEmpty(List.of())
                .map(recent -> fold(statement.text(), recent));
    }

    private Mono<Resolved> ownedResults(Statement statement, String text) {
        List<String> ids = UUID_LITERAL
                .matcher(text)
                .results()
                .map(r -> r.group(1))
                .distinct()
                .limit(MOST_IDS)
                .toList();
        if (ids.isEmpty()) {
            return Mono.just(new Resolved(text, Map.of()));
        }
        return ledger.ownedResults(statement.session(), ids)
                .defaultIfEmpty(Map.of())
                .map(owned -> new Resolved(text, owned));
    }

    /** Replaces each call by the id it stands for: 1-based from the newest backwards with negative numbers, as Snowflake counts. */
    static String fold(String text, List<QueryId> newestFirst) {
        List<Token> tokens;
        try {
            tokens = Lexer.lex(text).tokens();
        } catch (SyntaxProblem notLexed) {
            // The analyser meets the same problem and words the refusal.
            return text;
        }
        StringBuilder folded = new StringBuilder();
        int from = 0;
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean scan = tokens.get(i).is("RESULT_SCAN");
            if (!scan && !tokens.get(i).is("LAST_QUERY_ID")
                    || !tokens.get(i + 1).is("(")) {
                continue;
            }
            int close = closing(tokens, i + 2);
            if (close < 0 || scan && close == i + 2) {
                continue;
            }
            // of RESULT_SCAN(-1) only the number is an id
            folded.append(
                    text, from, scan ? tokens.get(i + 2).start() : tokens.get(i).start());
            folded.append('\'')
                    .append(pick(tokens.subList(i + 2, close), newestFirst))
                    .append('\'');
            from = scan ? tokens.get(close).start() : tokens.get(close).end();
            i = close;
        }
        return folded.append(text, from, text.length()).toString();
    }

    /** Index of the closing parenthesis if only an optional sign and a number stand before it, else -1. */
    private static int closing(List<Token> tokens, int at) {
        int i = at;
        while (i < tokens.size() && (tokens.get(i).is("-") || tokens.get(i).type() == Token.Type.NUMBER)) {
            i++;
        }
        return i < tokens.size() && tokens.get(i).is(")") ? i : -1;
    }

    private static String pick(List<Token> argument, List<QueryId> newestFirst) {
        int position = -1;
        if (!argument.isEmpty()) {
            int sign = argument.getFirst().is("-") ? -1 : 1;
            try {
                position = sign * Integer.parseInt(argument.getLast().text());
            } catch (NumberFormatException e) {
                throw unknown();
            }
        }
        int index = position < 0 ? -position - 1 : newestFirst.size() - position;
        if (index < 0 || index >= newestFirst.size()) {
            throw unknown();
        }
        return newestFirst.get(index).value();
    }

    private static GatewayException unknown() {
        return new GatewayException(
                GatewayErrorCode.UNKNOWN_ID, "LAST_QUERY_ID() names no statement of this session that is known.");
    }

    /**
     * A text with what is known of the ids in it.
     *
     * @param text LAST_QUERY_ID folded
     * @param owned entries by the id as written
     */
    record Resolved(String text, Map<String, LedgerEntry> owned) {
        QueryLineage lineage() {
            return id -> Optional.ofNullable(owned.get(id))
                    .filter(entry -> !isOpen(entry))
                    .map(LedgerEntry::output)
                    .filter(Resolved::hasLineage);
        }

        /** Of a result with more columns than are listed only the first are known. */
        private static boolean isOpen(LedgerEntry entry) {
            return entry.masks().flatMap(MaskPlan::rest).isPresent();
        }

        private static boolean hasLineage(List<OutputColumn> output) {
            return !output.isEmpty();
        }

        /** The analysis with our ids in the executed text replaced by Snowflake's; both have 36 characters, so no span moves. */
        SqlAnalysis translate(SqlAnalysis analysis) {
            if (owned.isEmpty() || !(analysis instanceof SqlAnalysis.Understood understood)) {
                return analysis;
            }
            Map<String, String> upstream = new HashMap<>();
            for (StatementAnalysis one : understood.statements()) {
                for (QueryIdUse use : one.queryIds()) {
                    Optional.ofNullable(owned.get(use.literal()))
                            .flatMap(LedgerEntry::upstreamQueryId)
                            .ifPresent(id -> upstream.put(use.literal(), id.value()));
                }
            }
            ExecutedText executed = understood.executed();
            return new SqlAnalysis.Understood(
                    new ExecutedText(
                            replace(executed.text(), upstream),
                            executed.shape(),
                            executed.literals(),
                            executed.comments(),
                            executed.tokens()),
                    understood.statements(),
                    understood.unread());
        }

        private static String replace(String text, Map<String, String> upstream) {
            if (upstream.isEmpty()) {
                return text;
            }
            Matcher matcher = UUID_LITERAL.matcher(text);
            return matcher.replaceAll(found ->
                    Matcher.quoteReplacement("'" + upstream.getOrDefault(found.group(1), found.group(1)) + "'"));
        }

        @Override
        public String toString() {
            return "Resolved[" + owned.size() + " owned ids]";
        }
    }
}
