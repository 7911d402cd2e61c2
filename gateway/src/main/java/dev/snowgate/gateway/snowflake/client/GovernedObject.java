package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One object with the tags and masking policies that its columns have at this moment. Without them a table that is met for
 * the first time would be unprotected until the next synchronisation. A question that fails fails the look-up: "no tag" is
 * never concluded from an error.
 */
final class GovernedObject {
    private GovernedObject() {}

    static Mono<CatalogObject> of(CatalogObject object, CatalogQueries ask) {
        ObjectName name = object.name();
        String fullName = quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.name());
        String domain = switch (object.kind()) {
            case VIEW, MATERIALIZED_VIEW -> "view";
            default -> "table";
        };
        return Mono.zip(
                        ask.rows(GatewayStatement.TAGS_OF_OBJECT, name.database(), List.of(fullName))
                                .collectList(),
                        ask.rows(GatewayStatement.POLICIES_OF_OBJECT, name.database(), List.of(fullName, domain))
                                .collectList())
                .map(both -> governed(object, both.getT1(), both.getT2()));
    }

    private static CatalogObject governed(
            CatalogObject object, List<List<@Nullable String>> tagRows, List<List<@Nullable String>> policyRows) {
        Map<String, Map<String, String>> tags = new HashMap<>();
        for (List<@Nullable String> row : tagRows) {
            tags.computeIfAbsent(text(row, 0), column -> new HashMap<>()).put(text(row, 1), text(row, 2));
        }
        Map<String, String> policies = new HashMap<>();
        for (List<@Nullable String> row : policyRows) {
            policies.put(text(row, 0), text(row, 1) + "." + text(row, 2) + "." + text(row, 3));
        }
        // a row without a column speaks of the whole object: every column has its tag, unless it has a value of its own
        Map<String, String> ofObject = tags.getOrDefault("", Map.of());
        return object.withColumns(object.columns().stream()
                .map(column -> {
                    Map<String, String> ofColumn = new HashMap<>(ofObject);
                    ofColumn.putAll(tags.getOrDefault(column.name(), Map.of()));
                    return column.withGovernance(Tags.of(ofColumn), Optional.ofNullable(policies.get(column.name())));
                })
                .toList());
    }

    private static String text(List<@Nullable String> row, int column) {
        String value = row.size() > column ? row.get(column) : null;
        return value == null ? "" : value;
    }

    private static String quoted(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }
}
