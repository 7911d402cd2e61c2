package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a value may reveal.
 *
 * @param origins base columns
 * @param derivation how it comes from them
 * @param bare whether it is one base column as it is, from one source, so that only its number of values shows when counted
 */
record Taint(Set<ColumnName> origins, Derivation derivation, boolean bare) {
    static final Taint NONE = new Taint(Set.of(), Derivation.CONSTANT, false);
    static final Taint UNKNOWN = new Taint(Set.of(), Derivation.UNKNOWN, false);

    static Taint column(ColumnName column) {
        return new Taint(Set.of(column), Derivation.DIRECT, true);
    }

    boolean isNone() {
        return origins.isEmpty() && derivation != Derivation.UNKNOWN;
    }

    boolean isUnknown() {
        return derivation == Derivation.UNKNOWN;
    }

    /** A value computed from this one. */
    Taint derived() {
        return isNone() ? this : new Taint(origins, max(derivation, Derivation.DERIVED), false);
    }

    Taint aggregated() {
        return isNone() ? this : new Taint(origins, max(derivation, Derivation.AGGREGATED), false);
    }

    /** A value that is NULL or not depending on this one. */
    Taint partial() {
        return isNone() ? this : new Taint(origins, max(derivation, Derivation.PARTIAL), false);
    }

    Taint unknown() {
        return new Taint(origins, Derivation.UNKNOWN, false);
    }

    /** A value that is one or the other: branches of a set operation, columns joined by USING. */
    Taint or(Taint other) {
        if (equals(other)) {
            return this;
        }
        Derivation both = max(derivation, other.derivation);
        // beside a constant a column is no longer what is stored: a mask that keeps equal values equal would compare
        // them
        boolean mixed = both == Derivation.DIRECT && (isNone() || other.isNone());
        return new Taint(union(origins, other.origins), mixed ? Derivation.DERIVED : both, false);
    }

    /** A value computed from all of them. */
    static Taint of(List<Taint> parts) {
        Taint result = NONE;
        for (Taint part : parts) {
            result = result.or(part);
        }
        return result.derived();
    }

    private static Set<ColumnName> union(Set<ColumnName> a, Set<ColumnName> b) {
        if (a.containsAll(b)) {
            return a;
        }
        Set<ColumnName> all = new HashSet<>(a);
        all.addAll(b);
        return Set.copyOf(all);
    }

    private static Derivation max(Derivation a, Derivation b) {
        return rank(a) >= rank(b) ? a : b;
    }

    private static int rank(Derivation derivation) {
        return switch (derivation) {
            case CONSTANT -> 0;
            case DIRECT -> 1;
            case DERIVED -> 2;
            case AGGREGATED -> 3;
            case PARTIAL -> 4;
            case UNKNOWN -> 5;
        };
    }
}
