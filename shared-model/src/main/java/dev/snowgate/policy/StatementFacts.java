package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.WriteLineage;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts of one statement of a request, computed once for all rules. */
final class StatementFacts {
    static final String METADATA_FLAG = "metadata:";
    static final String PARAMETER_FLAG = "parameter:";
    static final String UNKNOWN_FUNCTION_FLAG = "unknown-function:";
    /** Effects that move values to a place where they can be read later. */
    private static final Set<Effect> MOVES =
            EnumSet.of(Effect.WRITE, Effect.CREATE, Effect.UNLOAD, Effect.EXTERNAL_CALL);

    private final DecisionRequest request;
    private final StatementAnalysis statement;
    private final SessionContext before;
    private final int number;
    private final Set<Effect> effects;
    private final Set<ColumnName> columns;
    private final Set<ColumnName> protectedColumns;
    private final Set<String> readBefore;
    private @Nullable Estimate estimate;

    /** @param readBefore categories that the session, or an earlier statement of the request, has read */
    StatementFacts(
            DecisionRequest request,
            StatementAnalysis statement,
            SessionContext before,
            int number,
            Set<String> readBefore) {
        this.request = request;
        this.statement = statement;
        this.before = before;
        this.number = number;
        this.readBefore = readBefore;
        this.effects = EnumSet.noneOf(Effect.class);
        effects.addAll(statement.effects());
        statement.objects().forEach(use -> effects.add(use.effect()));
        this.columns = allColumns(statement);
        this.protectedColumns = columns.stream()
                .filter(column -> Protections.of(request.catalog(), column).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<ColumnName> allColumns(StatementAnalysis statement) {
        Set<ColumnName> all = new HashSet<>(statement.readColumns());
        statement.results().forEach(column -> all.addAll(column.origins()));
        statement.writes().forEach(write -> all.addAll(write.sources()));
        all.addAll(statement.predicateUse());
        all.addAll(statement.cardinalityUse());
        return all;
    }

    DecisionRequest request() {
        return request;
    }

    StatementAnalysis statement() {
        return statement;
    }

    /** Categories of protected columns that were read before this statement. */
    Set<String> readBefore() {
        return readBefore;
    }

    /** Categories of protected columns that this statement reads in any way, shown or not. */
    Set<String> readCategories() {
        return protectedColumns.stream()
                .flatMap(column -> Protections.of(catalog(), column).stream())
                .map(Protection::category)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Computed for the first rule that asks; facts belong to one thread. */
    Estimate estimate() {
        Estimate known = estimate;
        if (known == null) {
            known = Estimate.of(statement, catalog());
            estimate = known;
        }
        return known;
    }

    SessionContext before() {
        return before;
    }

    int number() {
        return number;
    }

    CatalogSnapshot catalog() {
        return request.catalog();
    }

    Set<Effect> effects() {
        return effects;
    }

    List<ObjectUse> objects() {
        return statement.objects();
    }

    /** Base columns used in any way. */
    Set<ColumnName> columns() {
        return columns;
    }

    Set<ColumnName> protectedColumns() {
        return protectedColumns;
    }

    /** Literals of the whole request, as written. They decide nothing but whether masked values are written back. */
    List<String> literals() {
        return request.analysis() instanceof SqlAnalysis.Understood understood
                ? understood.executed().literals()
                : List.of();
    }

    int statementCount() {
        return request.analysis() instanceof SqlAnalysis.Understood understood
                ? understood.statements().size()
                : 0;
    }

    Set<ColumnName> columns(ColumnScope.ColumnUse use) {
        return switch (use) {
            case OUTPUT ->
                statement.results().stream()
                        .flatMap(column -> column.origins().stream())
                        .collect(Collectors.toUnmodifiableSet());
            case PREDICATE -> statement.predicateUse();
            case CARDINALITY -> statement.cardinalityUse();
            case WRITE -> written();
        };
    }

    /**
     * Columns whose values would be moved elsewhere: the sources of writes and, where values move, every protected
     * column that is read and for which the analysis names no other use.
     */
    private Set<ColumnName> written() {
        Set<ColumnName> written = statement.writes().stream()
                .map(WriteLineage::sources)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(HashSet::new));
        if (movesValues()) {
            protectedColumns.stream().filter(this::hasNoOtherUse).forEach(written::add);
        }
        return written;
    }

    boolean movesValues() {
        return effects.stream().anyMatch(MOVES::contains);
    }

    private boolean hasNoOtherUse(ColumnName column) {
        boolean leaves = effects.contains(Effect.UNLOAD) || effects.contains(Effect.EXTERNAL_CALL);
        return leaves
                || !(statement.predicateUse().contains(column)
                        || statement.cardinalityUse().contains(column));
    }

    /** Whether nothing protected can be in a value that the analysis could not trace. */
    boolean readsOnlyOpenTables() {
        List<ObjectUse> reads =
                objects().stream().filter(use -> use.effect() == Effect.READ).toList();
        return !reads.isEmpty()
                && unknownFunctions().isEmpty()
                && protectedColumns.isEmpty()
                && reads.stream().allMatch(use -> Protections.isOpenTable(catalog(), use.name()));
    }

    Set<String> metadataClasses() {
        return flagValues(METADATA_FLAG);
    }

    Set<String> unknownFunctions() {
        return flagValues(UNKNOWN_FUNCTION_FLAG);
    }

    Set<String> changedParameters() {
        SessionContext after = statement.contextAfter();
        Set<String> changed = new HashSet<>(after.parameters().keySet());
        changed.addAll(before.parameters().keySet());
        changed.removeIf(name ->
                Objects.equals(after.parameters().get(name), before.parameters().get(name)));
        changed.addAll(flagValues(PARAMETER_FLAG));
        return changed;
    }

    private Set<String> flagValues(String prefix) {
        return statement.flags().stream()
                .filter(flag -> flag.startsWith(prefix))
                .map(flag -> flag.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
