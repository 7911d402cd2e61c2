package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.UnloadTarget;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads when a rule (or its exception) speaks. */
final class MatchReader {
    static final Set<String> FIELDS = Set.of(
            "principals",
            "statements",
            "objects",
            "columns",
            "functions",
            "unload",
            "dialects",
            "metadata",
            "flags",
            "session",
            "when",
            "estimate");
    private static final int OBJECT_PARTS = 3;
    private static final int COLUMN_PARTS = 4;
    private final PolicyWords words;

    MatchReader(PolicyWords words) {
        this.words = words;
    }

    /** @param functions whether {@code functions} describes the statement rather than what the rule permits */
    Match match(YamlFields fields, boolean functions) {
        Optional<YamlFields> statements =
                fields.get("statements").flatMap(node -> node.fields(Set.of("kinds", "effects")));
        return new Match(
                fields.get("principals").map(this::principals).orElse(PrincipalScope.ANY),
                statements
                        .flatMap(s -> s.get("kinds"))
                        .map(n -> words.constants(StatementKind.class, n))
                        .orElse(Set.of()),
                statements
                        .flatMap(s -> s.get("effects"))
                        .map(n -> words.constants(Effect.class, n))
                        .orElse(Set.of()),
                fields.get("objects").map(this::objects).orElse(ObjectScope.ANY),
                fields.get("columns").map(node -> columns(node, true)).orElse(ColumnScope.ANY),
                functions ? globs(fields, "functions") : List.of(),
                fields.get("unload")
                        .map(n -> words.constants(UnloadTarget.class, n))
                        .orElse(Set.of()),
                fields.get("dialects")
                        .map(n -> words.constants(Dialect.class, n))
                        .orElse(Set.of()),
                globs(fields, "metadata"),
                globs(fields, "flags"),
                fields.get("session").map(this::session).orElse(SessionScope.ANY),
                fields.get("when").map(this::windows).orElse(List.of()),
                fields.get("estimate").map(MatchReader::estimate).orElse(EstimateScope.ANY));
    }

    private List<Glob> globs(YamlFields fields, String key) {
        return fields.get(key).map(words::globs).orElse(List.of());
    }

    PrincipalScope principals(YamlNode node) {
        Optional<YamlFields> fields =
                node.fields(Set.of("agents", "groups", "persons", "clients", "issuers", "networks"));
        Function<String, List<Glob>> globs =
                key -> fields.map(f -> globs(f, key)).orElse(List.of());
        return new PrincipalScope(
                globs.apply("agents"),
                globs.apply("groups"),
                globs.apply("persons"),
                globs.apply("clients"),
                globs.apply("issuers"),
                fields.flatMap(f -> f.get("networks")).map(words::networks).orElse(List.of()));
    }

    ObjectScope objects(YamlNode node) {
        if (node.isText()) {
            String text = node.text().orElse("");
            if (text.equals("any")) {
                return ObjectScope.ANY;
            }
            if (text.equals("none")) {
                return new ObjectScope(ObjectScope.Reach.NONE, List.of());
            }
        }
        List<ObjectScope.Part> parts = new ArrayList<>();
        List<NameGlob> plain = new ArrayList<>();
        for (YamlNode item : node.itemsOrSelf()) {
            if (item.isMapping()) {
                item.fields(Set.of("names", "except", "effects", "kinds", "tags"))
                        .map(this::part)
                        .ifPresent(parts::add);
            } else {
                plain.addAll(words.names(item, OBJECT_PARTS));
            }
        }
        if (!plain.isEmpty()) {
            parts.add(new ObjectScope.Part(plain, List.of(), Set.of(), Set.of(), List.of()));
        }
        if (node.isList() && node.items().isEmpty()) {
            node.problem("An empty list would match nothing.", "Write any, none or a list of patterns.");
        }
        return new ObjectScope(ObjectScope.Reach.LISTED, parts);
    }

    private ObjectScope.Part part(YamlFields fields) {
        return new ObjectScope.Part(
                fields.get("names").map(n -> words.names(n, OBJECT_PARTS)).orElse(List.of()),
                fields.get("except").map(n -> words.names(n, OBJECT_PARTS)).orElse(List.of()),
                fields.get("effects").map(n -> words.constants(Effect.class, n)).orElse(Set.of()),
                fields.get("kinds")
                        .map(n -> words.constants(ObjectKind.class, n))
                        .orElse(Set.of()),
                globs(fields, "tags"));
    }

    /** @param uses whether the scope may speak of how a column is used */
    ColumnScope columns(YamlNode node, boolean uses) {
        if (node.isText() && node.text().filter("none-protected"::equals).isPresent()) {
            return ColumnScope.NONE_PROTECTED;
        }
        Optional<YamlFields> fields = node.fields(
                uses ? Set.of("names", "categories", "tags", "uses") : Set.of("names", "categories", "tags"));
        List<NameGlob> names = fields.flatMap(f -> f.get("names"))
                .map(n -> words.names(n, COLUMN_PARTS))
                .orElse(List.of());
        List<Glob> categories = fields.map(f -> globs(f, "categories")).orElse(List.of());
        List<Glob> tags = fields.map(f -> globs(f, "tags")).orElse(List.of());
        if (fields.isPresent() && names.isEmpty() && categories.isEmpty() && tags.isEmpty()) {
            node.problem("Columns need names, categories or tags.", "");
        }
        return new ColumnScope(
                ColumnScope.Reach.LISTED,
                names,
                categories,
                tags,
                fields.flatMap(f -> f.get("uses"))
                        .map(n -> words.constants(ColumnScope.ColumnUse.class, n))
                        .orElse(Set.of()));
    }

    private SessionScope session(YamlNode node) {
        Optional<YamlFields> read = node.fields(
                Set.of("roles", "warehouses", "secondary-roles", "parameters", "transaction", "read-protected"));
        if (read.isEmpty()) {
            return SessionScope.ANY;
        }
        YamlFields fields = read.get();
        return new SessionScope(
                globs(fields, "roles"),
                globs(fields, "warehouses"),
                globsOrNone(fields, "secondary-roles"),
                globs(fields, "parameters"),
                fields.get("transaction")
                        .map(n -> words.constants(TransactionState.class, n))
                        .orElse(Set.of()),
                globsOrNone(fields, "read-protected"));
    }

    private Optional<List<Glob>> globsOrNone(YamlFields fields, String key) {
        return fields.get(key)
                .map(n -> n.isText() && n.text().filter("none"::equals).isPresent() ? List.<Glob>of() : words.globs(n));
    }

    private static EstimateScope estimate(YamlNode node) {
        Optional<YamlFields> fields = node.fields(Set.of("rows", "bytes"));
        EstimateScope scope = new EstimateScope(
                fields.flatMap(f -> f.get("rows"))
                        .map(n -> bounds(n, PolicyWords::count))
                        .orElse(EstimateScope.Bounds.NONE),
                fields.flatMap(f -> f.get("bytes"))
                        .map(n -> bounds(n, PolicyWords::size))
                        .orElse(EstimateScope.Bounds.NONE));
        if (fields.isPresent() && !scope.says()) {
            node.problem("An estimate needs rows or bytes.", "Write rows: {above: 1000000} or bytes: {at-most: 10GB}.");
        }
        return scope;
    }

    private static EstimateScope.Bounds bounds(YamlNode node, Function<YamlNode, Optional<Long>> figure) {
        Optional<YamlFields> fields = node.fields(Set.of("above", "at-most"));
        EstimateScope.Bounds bounds = new EstimateScope.Bounds(
                fields.flatMap(f -> f.get("above")).flatMap(figure),
                fields.flatMap(f -> f.get("at-most")).flatMap(figure));
        if (bounds.impossible()) {
            node.problem("No figure is above the one and at most the other.", "");
        }
        return bounds;
    }

    private List<TimeWindow> windows(YamlNode node) {
        return node.itemsOrSelf().stream()
                .flatMap(item -> item.fields(Set.of("days", "from", "to", "zone")).stream())
                .map(this::window)
                .toList();
    }

    private TimeWindow window(YamlFields fields) {
        return new TimeWindow(
                fields.get("days").map(n -> words.constants(DayOfWeek.class, n)).orElse(Set.of()),
                fields.get("from").flatMap(MatchReader::time).orElse(LocalTime.MIDNIGHT),
                fields.get("to").flatMap(MatchReader::time).orElse(LocalTime.MIDNIGHT),
                fields.get("zone").flatMap(MatchReader::zone));
    }

    private static Optional<LocalTime> time(YamlNode node) {
        return node.text().flatMap(text -> {
            if (text.equals("24:00")) {
                return Optional.of(LocalTime.MIDNIGHT);
            }
            try {
                return Optional.of(LocalTime.parse(text));
            } catch (DateTimeException e) {
                node.problem("'" + text + "' is not a time of day.", "Write \"08:30\", in quotes.");
                return Optional.empty();
            }
        });
    }

    private static Optional<ZoneId> zone(YamlNode node) {
        return node.text().flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                node.problem(
                        "'" + text + "' is not a time zone.", Suggestion.among(ZoneId.getAvailableZoneIds(), text));
                return Optional.empty();
            }
        });
    }
}
