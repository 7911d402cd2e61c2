package dev.snowgate.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.UnloadTarget;
import dev.snowgate.yaml.Suggestion;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What conditions can speak of. None of it holds a literal of the statement. */
final class ConditionVariables {
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'");

    static final Map<String, CelType> TYPES = types();

    private ConditionVariables() {}

    private static Map<String, CelType> types() {
        Map<String, CelType> types = new TreeMap<>();
        for (String text : List.of(
                "agent",
                "issuer",
                "person",
                "client_name",
                "client_version",
                "client_address",
                "dialect",
                "kind",
                "role",
                "warehouse",
                "database",
                "schema",
                "transaction",
                "weekday",
                "unload",
                "unload_destination")) {
            types.put(text, SimpleType.STRING);
        }
        for (String texts : List.of(
                "groups",
                "effects",
                "objects",
                "databases",
                "functions",
                "flags",
                "read_columns",
                "protected_columns",
                "categories",
                "predicate_columns",
                "written_columns",
                "metadata",
                "secondary_roles",
                "variables",
                "temporary_objects",
                "read_protected",
                "object_tags",
                "column_tags")) {
            types.put(texts, TEXTS);
        }
        for (String number : List.of(
                "hour",
                "minute",
                "output_columns",
                "statement_number",
                "statement_count",
                "estimated_rows",
                "estimated_bytes")) {
            types.put(number, SimpleType.INT);
        }
        types.put("estimate_known", SimpleType.BOOL);
        types.put("parameters", MapType.create(SimpleType.STRING, SimpleType.STRING));
        types.put("at", SimpleType.TIMESTAMP);
        return Map.copyOf(types);
    }

    static String suggestion(String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        return undeclared.find() ? Suggestion.among(TYPES.keySet(), undeclared.group(1)) : "";
    }

    static @Nullable Object value(String name, StatementFacts facts) {
        DecisionRequest request = facts.request();
        StatementAnalysis statement = facts.statement();
        return switch (name) {
            case "agent" -> request.principal().agent().value();
            case "issuer" -> request.principal().issuer();
            case "person" -> request.principal().person().map(p -> p.claim()).orElse("");
            case "groups" -> sorted(request.principal().groups());
            case "client_name" -> request.client().name();
            case "client_version" -> request.client().version();
            case "dialect" -> Words.of(request.dialect());
            case "kind" -> Words.of(statement.kind());
            case "effects" -> facts.effects().stream().map(Words::of).sorted().toList();
            case "objects" ->
                facts.objects().stream()
                        .map(use -> use.name().toString())
                        .distinct()
                        .toList();
            case "databases" ->
                facts.objects().stream()
                        .map(use -> use.name().database())
                        .distinct()
                        .toList();
            case "functions" -> statement.functions();
            case "flags" -> sorted(statement.flags());
            case "metadata" -> sorted(facts.metadataClasses());
            case "read_columns" ->
                facts.columns().stream().map(Object::toString).sorted().toList();
            case "protected_columns" ->
                facts.protectedColumns().stream().map(Object::toString).sorted().toList();
            case "predicate_columns" ->
                statement.predicateUse().stream().map(Object::toString).sorted().toList();
            case "written_columns" ->
                statement.writes().stream()
                        .map(w -> w.target().toString())
                        .sorted()
                        .toList();
            case "categories" ->
                facts.protectedColumns().stream()
                        .flatMap(column -> Protections.of(facts.catalog(), column).stream())
                        .map(Protection::category)
                        .distinct()
                        .sorted()
                        .toList();
            case "unload" ->
                statement.unload().map(UnloadTarget::family).map(Words::of).orElse("");
            case "unload_destination" -> statement.unload().map(Words::of).orElse("");
            case "output_columns" -> (long) statement.output().size();
            case "statement_number" -> (long) facts.number();
            case "statement_count" -> (long) facts.statementCount();
            case "client_address" ->
                request.facts().clientAddress().map(InetAddress::getHostAddress).orElse("");
            case "read_protected" -> sorted(facts.readBefore());
            case "object_tags" ->
                facts.objects().stream()
                        .flatMap(use -> facts.catalog().find(use.name(), use.kind()).stream())
                        .flatMap(object -> object.tags().stream())
                        .distinct()
                        .sorted()
                        .toList();
            case "column_tags" ->
                facts.columns().stream()
                        .flatMap(column -> facts.catalog().find(column.object()).stream()
                                .flatMap(object -> object.column(column.column()).stream()))
                        .flatMap(column -> column.tags().stream())
                        .distinct()
                        .sorted()
                        .toList();
            // an estimate that is not known has no value: a condition that needs it fails, which refuses
            case "estimated_rows" -> facts.estimate().rows().orElse(null);
            case "estimated_bytes" -> facts.estimate().bytes().orElse(null);
            case "estimate_known" ->
                facts.estimate().rows().isPresent() && facts.estimate().bytes().isPresent();
            default -> contextValue(name, facts);
        };
    }

    private static @Nullable Object contextValue(String name, StatementFacts facts) {
        DecisionRequest request = facts.request();
        ZonedDateTime local = request.at().atZone(request.zone());
        return switch (name) {
            case "role" -> facts.before().role();
            case "warehouse" -> facts.before().warehouse().orElse("");
            case "database" -> facts.before().database().orElse("");
            case "schema" -> facts.before().schema().orElse("");
            case "secondary_roles" -> sorted(facts.before().secondaryRoles());
            case "variables" -> sorted(facts.before().variables());
            case "temporary_objects" -> sorted(facts.before().temporaryObjects());
            case "transaction" -> Words.of(facts.before().transaction());
            case "parameters" -> Map.copyOf(facts.before().parameters());
            case "at" -> request.at();
            case "hour" -> (long) local.getHour();
            case "minute" -> (long) local.getMinute();
            case "weekday" -> local.getDayOfWeek().name().toLowerCase(Locale.ROOT);
            default -> null;
        };
    }

    private static List<String> sorted(java.util.Collection<String> values) {
        return values.stream().sorted().toList();
    }
}
