package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.StageEntry;

/** What a definition may have changed about stages is not known to the statements after it. */
final class StageChanges {
    private StageChanges() {}

    static void note(Draft draft) {
        for (ObjectUse use : draft.facts.objects()) {
            if (use.effect() != Effect.CREATE && use.effect() != Effect.ALTER && use.effect() != Effect.DROP) {
                continue;
            }
            switch (use.kind()) {
                case STAGE -> draft.forget(StageEntry.nameOf(use.name()));
                // whatever was renamed, swapped, cloned or dropped: no stage is what it was for sure
                case SCHEMA, DATABASE ->
                    draft.catalogAfter().objects().stream()
                            .filter(object -> object.kind() == ObjectKind.STAGE)
                            .map(CatalogObject::name)
                            .toList()
                            .forEach(draft::forget);
                default -> {}
            }
        }
    }
}
