package dev.snowgate.console.text;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.console.text.MarkedText.Kind;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.MarkedText.Note;
import dev.snowgate.console.text.MarkedText.Piece;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts a statement into pieces from the analysis: keywords and literals by weight only, why it waits or was refused, and
 * protected columns. Literals that belong to protected columns are replaced by their category.
 */
public final class SqlMarkup {
    private static final Set<String> PREDICATES = Set.of("WHERE", "ON", "HAVING", "QUALIFY", "ORDER", "GROUP", "USING");
    private static final Set<String> OUTPUT = Set.of("SELECT", "FROM", "SET", "VALUES", "INTO");
    private static final int NEAR = 12;

    private final ExecutedText executed;
    private final RecordedAnalysis analysis;
    private final CatalogSnapshot catalog;
    private final Mark reason;
    private final List<Span> spans = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final int[] lineStarts;
    private final boolean[] inPredicate;
    private int[] spanAt = new int[0];

    private SqlMarkup(ExecutedText executed, RecordedAnalysis analysis, CatalogSnapshot catalog, Mark reason) {
        this.executed = executed;
        this.analysis = analysis;
        this.catalog = catalog;
        this.reason = reason;
        this.lineStarts = lineStarts(executed.text());
        this.inPredicate = predicates(executed);
    }

    /** Statements have up to a megabyte: whatever is asked per token is prepared once here. */
    private static int[] lineStarts(String text) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** For each token, whether the clause that it stands in filters, joins, sorts or groups. */
    private static boolean[] predicates(ExecutedText executed) {
        boolean[] in = new boolean[executed.tokens().size()];
        boolean now = false;
        for (int i = 0; i < in.length; i++) {
            ExecutedText.TokenSpan token = executed.tokens().get(i);
            if (token.tokenClass() == ExecutedText.TokenClass.KEYWORD) {
                String word = executed.text()
                        .substring(token.span().start(), token.span().end())
                        .toUpperCase(Locale.ROOT);
                now = PREDICATES.contains(word) || now && !OUTPUT.contains(word);
            }
            in[i] = now;
        }
        return in;
    }

    private record Span(int start, int end, Mark mark) {}

    /** The text as it runs. {@code reason} is the mark of what decided: why it waits, refused, or none. */
    public static MarkedText asRun(
            StatementText text, RecordedAnalysis analysis, CatalogSnapshot catalog, Mark reason) {
        return text.executed()
                .map(executed -> new SqlMarkup(executed, analysis, catalog, reason).mark(executed.text()))
                .orElseGet(() -> withheld(text));
    }

    /** The text as the agent sent it: the same positions, comments visible. */
    public static MarkedText asSent(
            StatementText text, RecordedAnalysis analysis, CatalogSnapshot catalog, Mark reason) {
        return text.executed()
                .filter(executed -> executed.text().length() == text.original().length())
                .map(executed -> new SqlMarkup(executed, analysis, catalog, reason).mark(text.original()))
                .orElseGet(() -> asRun(text, analysis, catalog, reason));
    }

    /** Nobody could say which of its parts are values. */
    private static MarkedText withheld(StatementText text) {
        return MarkedText.plain("(" + text.original().length()
                + " characters that are not lexically SQL; not shown, because values in it cannot be told)");
    }

    private MarkedText mark(String shown) {
        Map<Integer, String> hidden = ProtectedLiterals.find(executed, analysis, catalog);
        List<Names.Chain> chains = Names.chains(executed);
        Map<String, List<Names.Chain>> byName = chains.stream().collect(Collectors.groupingBy(Names.Chain::last));
        for (StatementAnalysis statement : analysis.statements()) {
            markReason(statement, byName);
            markProtected(statement, byName);
        }
        spans.sort(Comparator.comparingInt(Span::start));
        spanAt = spanAt();
        return new MarkedText(lines(shown, hidden), merged(), executed.text().length(), hidden.size());
    }

    private void markReason(StatementAnalysis statement, Map<String, List<Names.Chain>> byName) {
        if (reason == Mark.NONE) {
            return;
        }
        boolean changes = statement.objects().stream().anyMatch(SqlMarkup::isChange);
        Set<String> noted = new HashSet<>();
        for (ObjectUse use : statement.objects()) {
            if (changes && !isChange(use)) {
                continue;
            }
            byName.getOrDefault(use.name().name(), List.of()).stream()
                    .filter(chain -> within(statement, chain) && chain.means(use.name()))
                    .findFirst()
                    .ifPresent(chain -> {
                        spans.add(new Span(startOf(statement, chain), chain.end(), reason));
                        if (noted.add(use.effect().name() + line(chain.start()))) {
                            notes.add(new Note(line(chain.start()), Remarks.of(statement, use), reason));
                        }
                    });
        }
    }

    /** A change is marked from its verb on, where the verb stands close by. */
    private int startOf(StatementAnalysis statement, Names.Chain chain) {
        List<ExecutedText.TokenSpan> tokens = executed.tokens();
        int first = Math.max(0, chain.token() - NEAR - 1);
        while (first < chain.token()
                && tokens.get(first).span().start() < statement.span().start()) {
            first++;
        }
        boolean begins = first == 0
                || tokens.get(first - 1).span().start() < statement.span().start();
        boolean near = begins
                && chain.token() - first <= NEAR
                && statement.objects().stream().anyMatch(SqlMarkup::isChange);
        return near && line(tokens.get(first).span().start()) == line(chain.start())
                ? tokens.get(first).span().start()
                : chain.start();
    }

    private void markProtected(StatementAnalysis statement, Map<String, List<Names.Chain>> byName) {
        Set<String> names = new HashSet<>();
        statement.predicateUse().forEach(c -> names.add(c.column()));
        statement.cardinalityUse().forEach(c -> names.add(c.column()));
        statement.readColumns().stream().filter(this::isProtected).forEach(c -> names.add(c.column()));
        statement.writes().stream()
                .filter(w -> isProtected(w.target()))
                .forEach(w -> names.add(w.target().column()));
        for (String name : names) {
            List<ObjectUse> same = statement.objects().stream()
                    .filter(use -> use.name().name().equals(name))
                    .toList();
            for (Names.Chain chain : byName.getOrDefault(name, List.of())) {
                if (!within(statement, chain) || same.stream().anyMatch(use -> chain.means(use.name()))) {
                    continue;
                }
                spans.add(new Span(chain.start(), chain.end(), Mark.PROTECTED));
                notes.add(new Note(
                        line(chain.start()),
                        Remarks.ofProtected(statement, inPredicate[chain.token()]),
                        Mark.PROTECTED));
            }
        }
    }

    private boolean isProtected(ColumnName column) {
        return catalog.protection(column).isPresent();
    }

    private static boolean within(StatementAnalysis statement, Names.Chain chain) {
        return chain.start() >= statement.span().start()
                && chain.end() <= statement.span().end();
    }

    private static boolean isChange(ObjectUse use) {
        return use.effect() != Effect.READ && use.effect() != Effect.METADATA;
    }

    private int line(int offset) {
        int at = Arrays.binarySearch(lineStarts, offset);
        return at >= 0 ? at : -at - 2;
    }

    /** Neighbouring lines that say the same get one note. */
    private List<Note> merged() {
        List<Note> result = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        notes.stream().sorted(Comparator.comparingInt(Note::line)).forEach(note -> {
            Integer earlier = last.get(note.text());
            if (earlier == null || note.line() - earlier > 4) {
                last.put(note.text(), note.line());
                result.add(note);
            }
        });
        return result;
    }

    private List<List<Piece>> lines(String shown, Map<Integer, String> hidden) {
        PieceWriter writer = new PieceWriter();
        int at = 0;
        for (int i = 0; i < executed.tokens().size(); i++) {
            ExecutedText.TokenSpan token = executed.tokens().get(i);
            writer.add(
                    shown.substring(at, token.span().start()),
                    Kind.PLAIN,
                    markAt(at, token.span().start()));
            String text = hidden.containsKey(i)
                    ? "‹" + hidden.get(i) + "›"
                    : shown.substring(token.span().start(), token.span().end());
            writer.add(
                    text, kind(token), markAt(token.span().start(), token.span().end()));
            at = token.span().end();
        }
        writer.add(shown.substring(at), Kind.PLAIN, Mark.NONE);
        return writer.lines();
    }

    /** For each character the number of the first span over it, counted from 1. */
    private int[] spanAt() {
        int[] at = new int[executed.text().length()];
        for (int i = 0; i < spans.size(); i++) {
            for (int c = spans.get(i).start(); c < spans.get(i).end(); c++) {
                if (at[c] == 0) {
                    at[c] = i + 1;
                }
            }
        }
        return at;
    }

    private Mark markAt(int start, int end) {
        return start < end && spanAt[start] != 0 && spanAt[start] == spanAt[end - 1]
                ? spans.get(spanAt[start] - 1).mark()
                : Mark.NONE;
    }

    private static Kind kind(ExecutedText.TokenSpan token) {
        return switch (token.tokenClass()) {
            case KEYWORD -> Kind.KEYWORD;
            case LITERAL -> Kind.LITERAL;
            case NAME, OPERATOR -> Kind.PLAIN;
        };
    }
}
