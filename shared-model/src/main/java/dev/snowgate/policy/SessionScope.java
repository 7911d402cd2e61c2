package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The session, before the statement and as it would leave it. A restrictive match needs one of the two to fit, a
 * permissive one needs both.
 *
 * @param secondaryRoles roles that may be secondary after the statement; an empty list means none
 * @param parameters session parameters that the statement changes
 * @param readProtected categories of protected columns that were read before; an empty list means none
 */
record SessionScope(
        List<Glob> roles,
        List<Glob> warehouses,
        Optional<List<Glob>> secondaryRoles,
        List<Glob> parameters,
        Set<TransactionState> transaction,
        Optional<List<Glob>> readProtected) {
    static final SessionScope ANY =
            new SessionScope(List.of(), List.of(), Optional.empty(), List.of(), Set.of(), Optional.empty());

    boolean matches(StatementFacts facts, boolean all) {
        SessionContext before = facts.before();
        SessionContext after = facts.statement().contextAfter();
        return (roles.isEmpty() || fits(all, before, after, c -> Glob.anyMatches(roles, c.role())))
                && (warehouses.isEmpty()
                        || fits(
                                all,
                                before,
                                after,
                                c -> c.warehouse()
                                        .filter(w -> Glob.anyMatches(warehouses, w))
                                        .isPresent()))
                && (transaction.isEmpty() || transaction.contains(before.transaction()))
                && (secondaryRoles.isEmpty() || fitsEach(all, secondaryRoles.get(), after.secondaryRoles(), all))
                && (parameters.isEmpty() || fitsEach(all, parameters, facts.changedParameters(), false))
                && (readProtected.isEmpty() || fitsEach(all, readProtected.get(), facts.readBefore(), all));
    }

    private static boolean fits(boolean all, SessionContext a, SessionContext b, Predicate<SessionContext> test) {
        return all ? Stream.of(a, b).allMatch(test) : Stream.of(a, b).anyMatch(test);
    }

    private static boolean fitsEach(boolean all, List<Glob> globs, Set<String> values, boolean ifNone) {
        if (values.isEmpty()) {
            return ifNone;
        }
        Predicate<String> fits = value -> Glob.anyMatches(globs, value);
        return all ? values.stream().allMatch(fits) : values.stream().anyMatch(fits);
    }
}
