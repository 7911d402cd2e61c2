package dev.snowgate.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What only one session sees on top of the account's catalog, and what its contents were made of. A temporary object or
 * a variable that the session has and that is not listed here is there, but nothing of it is known.
 *
 * @param known false after something that may have made or changed any temporary object: then no name that such an
 *     object could shadow means anything until the session ends
 * @param objects temporary objects whose columns are known, by name
 * @param variables session variables whose contents are known, by name
 * @param dropped names of temporary objects that the session dropped: an UNDROP may bring them back
 */
public record SessionOverlay(
        boolean known, List<TemporaryObject> objects, List<SessionVariable> variables, Set<String> dropped) {
    /** A session that made nothing. */
    public static final SessionOverlay NONE = new SessionOverlay(true, List.of(), List.of(), Set.of());

    public SessionOverlay {
        objects = objects.stream()
                .sorted(Comparator.comparing(object -> object.name().toString()))
                .toList();
        variables = variables.stream()
                .sorted(Comparator.comparing(SessionVariable::name))
                .toList();
        dropped = Set.copyOf(dropped);
    }

    /** After something whose effect on the session cannot be told. */
    public SessionOverlay unknown() {
        return new SessionOverlay(false, List.of(), List.of(), Set.of());
    }

    /** Only what still has one of these names. */
    public SessionOverlay only(Set<String> variableNames, Set<String> objectNames) {
        return new SessionOverlay(
                known,
                objects.stream()
                        .filter(object -> objectNames.contains(object.name().toString()))
                        .toList(),
                variables.stream()
                        .filter(variable -> variableNames.contains(variable.name()))
                        .toList(),
                dropped);
    }

    /** The temporary object of that name, if it is known. */
    public Optional<TemporaryObject> find(ObjectName name) {
        return objects.stream().filter(object -> object.name().equals(name)).findFirst();
    }

    /**
     * The account's catalog as this session sees it: temporary objects hide permanent ones of the same name, and a
     * temporary object of which nothing is known hides them too.
     *
     * @param names every temporary object of the session, written as {@link ObjectName#toString()}
     */
    public CatalogSnapshot over(CatalogSnapshot account, Collection<String> names) {
        if (names.isEmpty() && variables.isEmpty()) {
            return account;
        }
        List<CatalogObject> seen = new ArrayList<>();
        objects.forEach(object -> seen.add(object.catalogued()));
        variables.forEach(variable -> seen.add(variable.catalogued()));
        List<ObjectName> hidden = account.objects().stream()
                .map(CatalogObject::name)
                .filter(name -> names.contains(name.toString()))
                .toList();
        return (hidden.isEmpty() ? account : account.without(hidden)).with(seen);
    }
}
