package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Asks Snowflake about one object, with a credential of our own. */
public interface ObjectLookup {
    /** The object as it is now, or empty if there is none that we may see; an error if Snowflake did not say. Always emits. */
    Mono<Optional<CatalogObject>> find(ObjectName name);

    /** All functions and procedures that go by that name, whatever their arguments; an error if Snowflake did not say. Always emits. */
    default Mono<List<CatalogObject>> routines(ObjectName called) {
        return Mono.just(List.of());
    }
}
