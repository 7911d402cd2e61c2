package dev.snowgate.console.text;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which literals of a statement must not be shown because they are compared with, or written to, a protected column. In a
 * statement that does such a thing every literal is hidden unless its part of the text names only columns that are known
 * and not protected: a literal shown by mistake cannot be taken back.
 */
final class ProtectedLiterals {
    private static final Set<String> BOUNDARIES = Set.of(
            "AND",
            "OR",
            "WHERE",
            "ON",
            "HAVING",
            "QUALIFY",
            "SELECT",
            "FROM",
            "GROUP",
            "ORDER",
            "LIMIT",
            "JOIN",
            "WHEN",
            "THEN",
            "ELSE",
            "CASE",
            "END",
            "SET",
            "VALUES",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "MINUS",
            "INTO",
            "USING",
            "OFFSET");

    private final ExecutedText executed;
    private final Map<String, String> protectedNames;
    private final Set<String> plainNames;
    private final Map<Integer, String> hidden = new HashMap<>();

    private ProtectedLiterals(ExecutedText executed, Map<String, String> protectedNames, Set<String> plainNames) {
        this.executed = executed;
        this.protectedNames = protectedNames;
        this.plainNames = plainNames;
    }

    /** For each hidden literal, by the index of its token, the word to show in its place. */
    static Map<Integer, String> find(ExecutedText executed, RecordedAnalysis analysis, CatalogSnapshot catalog) {
        if (analysis.statements().stream().noneMatch(statement -> concerns(statement, catalog))) {
            return analysis.problem().isPresent() ? all(executed) : Map.of();
        }
        Map<String, String> protectedNames = new HashMap<>();
        Set<String> plain = new HashSet<>();
        for (StatementAnalysis statement : analysis.statements()) {
            for (ObjectUse use : statement.objects()) {
                catalog.find(use.name())
                        .ifPresent(object -> object.columns().forEach(column -> {
                            column.protection().ifPresent(p -> protectedNames.put(column.name(), p.category()));
                            plain.add(column.name());
                        }));
            }
            statement.predicateUse().forEach(c -> protectedNames.putIfAbsent(c.column(), category(catalog, c)));
        }
        ProtectedLiterals finder = new ProtectedLiterals(executed, protectedNames, plain);
        finder.run();
        return finder.hidden;
    }

    private static boolean concerns(StatementAnalysis statement, CatalogSnapshot catalog) {
        return !statement.predicateUse().isEmpty()
                || statement.objects().stream().anyMatch(use -> changesProtected(use, catalog));
    }

    private static boolean changesProtected(ObjectUse use, CatalogSnapshot catalog) {
        if (use.effect() != Effect.WRITE) {
            return false;
        }
        Optional<CatalogObject> object = catalog.find(use.name());
        return object.isEmpty()
                || object.get().columns().stream().anyMatch(c -> c.protection().isPresent());
    }

    private static String category(CatalogSnapshot catalog, ColumnName column) {
        return catalog.protection(column).map(p -> p.category()).orElse("value");
    }

    private static Map<Integer, String> all(ExecutedText executed) {
        Map<Integer, String> every = new HashMap<>();
        for (int i = 0; i < executed.tokens().size(); i++) {
            if (executed.tokens().get(i).tokenClass() == ExecutedText.TokenClass.LITERAL) {
                every.put(i, "value");
            }
        }
        return every;
    }

    private void run() {
        List<ExecutedText.TokenSpan> tokens = executed.tokens();
        int from = 0;
        int depth = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            String word = i == tokens.size() ? "" : word(i);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            // A comma in parentheses separates what belongs together: arguments, or the values of an IN list.
            if (i == tokens.size() || isBoundary(word, depth)) {
                judge(from, i);
                from = i + 1;
            }
        }
    }

    private static boolean isBoundary(String word, int depth) {
        return word.equals(",") && depth <= 0 || word.equals(";") || BOUNDARIES.contains(word);
    }

    private void judge(int from, int to) {
        boolean named = false;
        boolean harmless = true;
        String category = "value";
        for (int i = from; i < to; i++) {
            if (executed.tokens().get(i).tokenClass() != ExecutedText.TokenClass.NAME
                    || isFollowedBy(i, to, ".")
                    || isFollowedBy(i, to, "(")) {
                continue;
            }
            String name = folded(i);
            named = true;
            String of = protectedNames.get(name);
            if (of != null) {
                category = of;
            }
            harmless &= of == null && plainNames.contains(name);
        }
        if (named && harmless) {
            return;
        }
        for (int i = from; i < to; i++) {
            if (executed.tokens().get(i).tokenClass() == ExecutedText.TokenClass.LITERAL) {
                hidden.put(i, category);
            }
        }
    }

    private boolean isFollowedBy(int i, int to, String operator) {
        return i + 1 < to && word(i + 1).equals(operator);
    }

    private String word(int i) {
        ExecutedText.TokenSpan token = executed.tokens().get(i);
        return token.tokenClass() == ExecutedText.TokenClass.LITERAL
                ? ""
                : executed.text()
                        .substring(token.span().start(), token.span().end())
                        .toUpperCase(Locale.ROOT);
    }

    private String folded(int i) {
        return Names.folded(executed, executed.tokens().get(i));
    }
}
