package dev.snowgate.policy;

import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a suite file. */
final class SuiteReader {
    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "name",
            "description",
            "policies",
            "activate",
            "catalog",
            "protection",
            "session",
            "principals",
            "statements",
            "tests");
    private static final Set<String> WHO = Set.of("agent", "groups", "person", "issuer", "client", "network");
    private static final Set<String> SESSION =
            Set.of("database", "schema", "warehouse", "role", "transaction", "read-protected");
    private static final Set<String> SQL = Set.of("sql", "session", "dialect", "at", "zone", "bound");
    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

    private final PolicySource suite;
    private final Map<String, PolicySource> files;

    private SuiteReader(PolicySource suite, Map<String, PolicySource> files) {
        this.suite = suite;
        this.files = files;
    }

    record Content(
            String name,
            List<PolicySource> policies,
            List<PolicySource> catalogs,
            List<PolicySource> protection,
            List<Test> tests) {}

    record Test(String name, int line, Map<String, Who> principals, Map<String, Sql> statements, Expected expected) {}

    record Who(Principal principal, ClientApplication client, Optional<InetAddress> network) {}

    record Session(SessionContext context, Set<String> readProtected) {}

    record Sql(String text, Session session, Dialect dialect, Instant at, ZoneId zone, List<String> bound) {}

    record Expected(
            String decision,
            Optional<String> rule,
            Optional<Map<String, String>> masked,
            Map<String, String> obligations) {}

    static Optional<Content> read(PolicySource suite, Map<String, PolicySource> files, YamlProblems problems) {
        return YamlNode.parse(suite.path(), suite.text(), problems)
                .flatMap(root -> root.fields(FIELDS))
                .map(fields -> new SuiteReader(suite, files).content(fields));
    }

    private Content content(YamlFields fields) {
        List<PolicySource> policies = new ArrayList<>(files(fields, "policies"));
        List<String> activated = fields.texts("activate");
        if (!activated.isEmpty()) {
            policies.add(new PolicySource(
                    suite.path() + " (activate)",
                    "apiVersion: snowgate.dev/v1\nkind: Policy\nname: suite\ninclude: [" + String.join(", ", activated)
                            + "]\n"));
        }
        Session session = session(
                fields.get("session"),
                new Session(
                        SessionContext.of(
                                "SUITE",
                                "AGENT_USER",
                                "AGENT_ROLE",
                                Optional.of("AGENT_WH"),
                                Optional.empty(),
                                Optional.empty()),
                        Set.of()));
        Map<String, Who> principals = new LinkedHashMap<>();
        fields.required("principals")
                .flatMap(YamlNode::entries)
                .ifPresent(entries -> entries.forEach((name, node) ->
                        node.fields(WHO).ifPresent(who -> principals.put(name, who(name, who)))));
        Map<String, Sql> statements = new LinkedHashMap<>();
        fields.required("statements")
                .flatMap(YamlNode::entries)
                .ifPresent(entries -> entries.forEach((name, node) -> statements.put(name, sql(node, session))));
        List<Test> tests = new ArrayList<>();
        for (YamlNode node : fields.required("tests").map(YamlNode::items).orElse(List.of())) {
            test(node, principals, statements).ifPresent(tests::add);
        }
        return new Content(
                fields.text("name", suite.path()),
                policies,
                files(fields, "catalog"),
                files(fields, "protection"),
                tests);
    }

    /** Files by paths relative to the suite. */
    private List<PolicySource> files(YamlFields fields, String key) {
        List<PolicySource> found = new ArrayList<>();
        for (YamlNode item : fields.get(key).map(YamlNode::itemsOrSelf).orElse(List.of())) {
            item.text().ifPresent(path -> {
                String resolved = Path.of(suite.path())
                        .resolveSibling(path)
                        .normalize()
                        .toString()
                        .replace('\\', '/');
                PolicySource file = files.get(resolved);
                if (file == null) {
                    item.problem("There is no file '" + resolved + "'.", Suggestion.among(files.keySet(), resolved));
                } else {
                    found.add(file);
                }
            });
        }
        return found;
    }

    private static Who who(String name, YamlFields fields) {
        Optional<PersonId> person =
                fields.get("person").flatMap(YamlNode::text).map(claim -> new PersonId("suite", claim));
        return new Who(
                new Principal(
                        new AgentId(fields.text("agent", name)),
                        fields.text("issuer", "suite"),
                        Set.copyOf(fields.texts("groups")),
                        person,
                        Set.of()),
                new ClientApplication(fields.text("client", "JDBC"), "1"),
                fields.get("network").flatMap(SuiteReader::address));
    }

    private static Session session(Optional<YamlNode> node, Session outer) {
        Optional<YamlFields> fields = node.flatMap(n -> n.fields(SESSION));
        if (fields.isEmpty()) {
            return outer;
        }
        SessionContext base = outer.context();
        YamlFields f = fields.get();
        SessionContext named = base.withNamespace(
                        text(f, "database").or(base::database),
                        text(f, "schema").or(base::schema))
                .withWarehouse(text(f, "warehouse").or(base::warehouse))
                .withRole(text(f, "role").orElse(base.role()));
        return new Session(
                f.get("transaction")
                        .flatMap(n -> PolicyWords.constant(TransactionState.class, n))
                        .map(named::withTransaction)
                        .orElse(named),
                f.get("read-protected").map(n -> Set.copyOf(n.texts())).orElse(outer.readProtected()));
    }

    private static Sql sql(YamlNode node, Session base) {
        if (node.isText()) {
            return new Sql(node.text().orElse(""), base, Dialect.DRIVER, NOON, ZoneId.of("UTC"), List.of());
        }
        Optional<YamlFields> fields = node.fields(SQL);
        return new Sql(
                fields.flatMap(f -> f.required("sql")).flatMap(YamlNode::text).orElse(""),
                session(fields.flatMap(f -> f.get("session")), base),
                fields.flatMap(f -> f.get("dialect"))
                        .flatMap(n -> PolicyWords.constant(Dialect.class, n))
                        .orElse(Dialect.DRIVER),
                fields.flatMap(f -> f.get("at")).flatMap(SuiteReader::instant).orElse(NOON),
                fields.flatMap(f -> f.get("zone")).flatMap(SuiteReader::zone).orElse(ZoneId.of("UTC")),
                fields.map(f -> f.texts("bound")).orElse(List.of()));
    }

    private static Optional<Test> test(YamlNode node, Map<String, Who> principals, Map<String, Sql> statements) {
        Optional<YamlFields> read = node.fields(Set.of("name", "principals", "statements", "expect"));
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlFields fields = read.get();
        Map<String, Who> who = chosen(fields.required("principals"), principals, "principal");
        Map<String, Sql> sql = chosen(fields.required("statements"), statements, "statement");
        Optional<YamlFields> expect =
                fields.required("expect").flatMap(n -> n.fields(Set.of("decision", "rule", "masked", "obligations")));
        Optional<String> decision = expect.flatMap(e -> e.required("decision")).flatMap(SuiteReader::decision);
        return decision.map(word -> new Test(
                fields.text("name", ""),
                node.line(),
                who,
                sql,
                new Expected(
                        word,
                        expect.flatMap(e -> text(e, "rule")),
                        expect.flatMap(e -> e.get("masked")).map(SuiteReader::masked),
                        expect.flatMap(e -> e.get("obligations"))
                                .map(SuiteReader::obligations)
                                .orElse(Map.of()))));
    }

    private static <T> Map<String, T> chosen(Optional<YamlNode> node, Map<String, T> all, String what) {
        Map<String, T> chosen = new LinkedHashMap<>();
        for (YamlNode item : node.map(YamlNode::itemsOrSelf).orElse(List.of())) {
            item.text().ifPresent(name -> {
                T value = all.get(name);
                if (value == null) {
                    item.problem("There is no " + what + " '" + name + "'.", Suggestion.among(all.keySet(), name));
                } else {
                    chosen.put(name, value);
                }
            });
        }
        return chosen;
    }

    private static Optional<String> decision(YamlNode node) {
        Set<String> words = Set.of("allow", "approve", "deny");
        Optional<String> word = node.text();
        if (word.isPresent() && !words.contains(word.get())) {
            node.problem("'" + word.get() + "' is not a decision.", Suggestion.among(words, word.get()));
            return Optional.empty();
        }
        return word;
    }

    /** Column names, each with its mask where a mapping gives it. */
    private static Map<String, String> masked(YamlNode node) {
        Map<String, String> masked = new LinkedHashMap<>();
        if (node.isMapping()) {
            node.entries()
                    .ifPresent(all -> all.forEach(
                            (name, value) -> masked.put(name, value.text().orElse(""))));
        } else {
            node.texts().forEach(name -> masked.put(name, ""));
        }
        return masked;
    }

    /** In the units of {@link DecisionView}. */
    private static Map<String, String> obligations(YamlNode node) {
        Map<String, String> expected = new LinkedHashMap<>();
        node.fields(Set.of("row-limit", "result-size-limit", "statement-timeout", "record"))
                .ifPresent(fields -> {
                    fields.get("row-limit")
                            .flatMap(PolicyWords::count)
                            .ifPresent(rows -> expected.put("row-limit", rows.toString()));
                    fields.get("result-size-limit")
                            .flatMap(PolicyWords::size)
                            .ifPresent(bytes -> expected.put("result-size-limit", bytes.toString()));
                    fields.get("statement-timeout")
                            .flatMap(PolicyWords::duration)
                            .ifPresent(time -> expected.put("statement-timeout", String.valueOf(time.toSeconds())));
                    fields.get("record")
                            .flatMap(n -> PolicyWords.constant(Obligations.RecordLevel.class, n))
                            .ifPresent(level -> expected.put("record", Words.of(level)));
                });
        return expected;
    }

    private static Optional<String> text(YamlFields fields, String key) {
        return fields.get(key).flatMap(YamlNode::text);
    }

    private static Optional<InetAddress> address(YamlNode node) {
        Optional<String> text = node.text();
        Optional<InetAddress> address = text.flatMap(Addresses::parse);
        if (text.isPresent() && address.isEmpty()) {
            node.problem("'" + text.get() + "' is not an address.", "Write 10.1.2.3 or 2001:db8::1.");
        }
        return address;
    }

    private static Optional<Instant> instant(YamlNode node) {
        return node.text().flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                node.problem("'" + text + "' is not an instant.", "Write \"2026-06-15T12:00:00Z\".");
                return Optional.empty();
            }
        });
    }

    private static Optional<ZoneId> zone(YamlNode node) {
        return node.text().flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                node.problem("'" + text + "' is not a time zone.", "");
                return Optional.empty();
            }
        });
    }
}
