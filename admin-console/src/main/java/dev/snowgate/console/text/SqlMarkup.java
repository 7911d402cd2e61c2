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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    private SqlMarkup(ExecutedText executed, RecordedAnalysis analysis, CatalogSnapshot catalog, Mark reason) {
        this.executed = executed;
        this.analysis = analysis;
        this.catalog = catalog;
        this.reason = reason;
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
        for (StatementAnalysis statement : analysis.statements()) {
            markReason(statement, chains);
            markProtected(statement, chains);
        }
        spans.sort(Comparator.comparingInt(Span::start));
        return new MarkedText(lines(shown, hidden), merged(), executed.text().length(), hidden.size());
    }

    private void markReason(StatementAnalysis statement, List<Names.Chain> chains) {
        if (reason == Mark.NONE) {
            return;
        }
        boolean changes = statement.objects().stream().anyMatch(SqlMarkup::isChange);
        Set<String> noted = new HashSet<>();
        for (ObjectUse use : statement.objects()) {
            if (changes && !isChange(use)) {
                continue;
            }
            chains.stream()
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
        int first = 0;
        while (first < tokens.size()
                && tokens.get(first).span().start() < statement.span().start()) {
            first++;
        }
        boolean near = first <= chain.token()
                && chain.token() - first <= NEAR
                && statement.objects().stream().anyMatch(SqlMarkup::isChange);
        return near && line(tokens.get(first).span().start()) == line(chain.start())
                ? tokens.get(first).span().start()
                : chain.start();
    }

    private void markProtected(StatementAnalysis statement, List<Names.Chain> chains) {
        Set<String> names = new HashSet<>();
        statement.predicateUse().forEach(c -> names.add(c.column()));
        statement.cardinalityUse().forEach(c -> names.add(c.column()));
        statement.readColumns().stream().filter(this::isProtected).forEach(c -> names.add(c.column()));
        statement.writes().stream()
                .filter(w -> isProtected(w.target()))
                .forEach(w -> names.add(w.target().column()));
        for (Names.Chain chain : chains) {
            boolean column = statement.objects().stream().noneMatch(use -> chain.means(use.name()));
            if (column && within(statement, chain) && names.contains(chain.last())) {
                spans.add(new Span(chain.start(), chain.end(), Mark.PROTECTED));
                notes.add(new Note(
                        line(chain.start()), Remarks.ofProtected(statement, isPredicate(chain)), Mark.PROTECTED));
            }
        }
    }

    private boolean isProtected(ColumnName column) {
        return catalog.protection(column).isPresent();
    }

    private boolean isPredicate(Names.Chain chain) {
        for (int i = chain.token(); i >= 0; i--) {
            ExecutedText.TokenSpan token = executed.tokens().get(i);
            if (token.tokenClass() == ExecutedText.TokenClass.KEYWORD) {
                String word = executed.text()
                        .substring(token.span().start(), token.span().end())
                        .toUpperCase(Locale.ROOT);
                if (PREDICATES.contains(word)) {
                    return true;
                }
                if (OUTPUT.contains(word)) {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean within(StatementAnalysis statement, Names.Chain chain) {
        return chain.start() >= statement.span().start()
                && chain.end() <= statement.span().end();
    }

    private static boolean isChange(ObjectUse use) {
        return use.effect() != Effect.READ && use.effect() != Effect.METADATA;
    }

    private int line(int offset) {
        return (int) executed.text()
                .substring(0, offset)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    /** Neighbouring lines that say the same get one note. */
    private List<Note> merged() {
        List<Note> result = new ArrayList<>();
        notes.stream().sorted(Comparator.comparingInt(Note::line)).forEach(note -> {
            boolean repeated = result.stream()
                    .anyMatch(earlier -> earlier.text().equals(note.text()) && note.line() - earlier.line() <= 4);
            if (!repeated) {
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

    private Mark markAt(int start, int end) {
        return spans.stream()
                .filter(span -> span.start() <= start && end <= span.end())
                .map(Span::mark)
                .findFirst()
                .orElse(Mark.NONE);
    }

    private static Kind kind(ExecutedText.TokenSpan token) {
        return switch (token.tokenClass()) {
            case KEYWORD -> Kind.KEYWORD;
            case LITERAL -> Kind.LITERAL;
            case NAME, OPERATOR -> Kind.PLAIN;
        };
    }
}
