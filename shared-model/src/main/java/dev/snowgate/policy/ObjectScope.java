package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import java.util.List;
import java.util.Set;

/** Which objects: every one, none at all, or those that one of the parts describes. */
record ObjectScope(Reach reach, List<Part> parts) {
    static final ObjectScope ANY = new ObjectScope(Reach.ANY, List.of());

    enum Reach {
        /** Says nothing about objects: also fits a statement without any. */
        ANY,
        /** Only statements that touch no object. */
        NONE,
        LISTED
    }

    /** One description; empty lists and sets say nothing. */
    record Part(
            List<NameGlob> names, List<NameGlob> except, Set<Effect> effects, Set<ObjectKind> kinds, List<Glob> tags) {
        boolean matches(ObjectUse use, CatalogSnapshot catalog) {
            return matchesName(use.name())
                    && (effects.isEmpty() || effects.contains(use.effect()))
                    && (kinds.isEmpty() || kinds.contains(use.kind()))
                    && (tags.isEmpty()
                            || Glob.anyMatches(
                                    tags,
                                    catalog.find(use.name(), use.kind())
                                            .map(CatalogObject::tags)
                                            .orElse(Set.of())));
        }

        private Part withoutTags() {
            return new Part(names, except, effects, kinds, List.of());
        }

        private boolean matchesName(ObjectName name) {
            return (names.isEmpty() || isAmong(names, name)) && !isAmong(except, name);
        }

        private static boolean isAmong(List<NameGlob> globs, ObjectName name) {
            for (NameGlob glob : globs) {
                if (glob.matches(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean covers(ObjectUse use, CatalogSnapshot catalog) {
        return switch (reach) {
            case ANY -> true;
            case NONE -> false;
            case LISTED -> parts.stream().anyMatch(part -> part.matches(use, catalog));
        };
    }

    /** Whether the base object of a column lies in it, whatever is done to it. */
    boolean contains(ObjectName name) {
        return switch (reach) {
            case ANY -> true;
            case NONE -> false;
            case LISTED -> parts.stream().anyMatch(part -> part.matchesName(name));
        };
    }

    /** As {@link #matchesAny}, but an object that the catalogue does not know may have every tag. */
    boolean touchedBy(StatementFacts facts) {
        return matchesAny(facts)
                || reach == Reach.LISTED
                        && facts.objects().stream()
                                .filter(use -> facts.catalog()
                                        .find(use.name(), use.kind())
                                        .isEmpty())
                                .anyMatch(use -> parts.stream()
                                        .anyMatch(part -> !part.tags().isEmpty()
                                                && part.withoutTags().matches(use, facts.catalog())));
    }

    boolean matchesAny(StatementFacts facts) {
        return switch (reach) {
            case ANY -> true;
            case NONE -> facts.objects().isEmpty();
            case LISTED -> facts.objects().stream().anyMatch(use -> covers(use, facts.catalog()));
        };
    }

    boolean matchesAll(StatementFacts facts) {
        return switch (reach) {
            case ANY -> true;
            case NONE -> facts.objects().isEmpty();
            case LISTED ->
                !facts.objects().isEmpty() && facts.objects().stream().allMatch(use -> covers(use, facts.catalog()));
        };
    }
}
