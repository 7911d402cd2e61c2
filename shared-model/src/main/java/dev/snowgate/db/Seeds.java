package dev.snowgate.db;

import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.ProtectionRule;
import dev.snowgate.policy.PolicyException;
import dev.snowgate.policy.PolicySet;
import dev.snowgate.policy.PolicySource;
import dev.snowgate.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** First contents of an empty installation: policy version 1 and protection marks. */
final class Seeds {
    private static final Set<Object> POLICY_KINDS = Set.of("Policy", "Pack");

    private Seeds() {}

    /** Publishes the folder's YAML files as version 1 unless any version exists; returns the number of files. */
    static int policies(Connection owner, Path folder) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from policy_version limit 1")) {
            if (rows.next()) {
                return 0;
            }
        }
        Map<String, String> files = policyFiles(folder);
        if (files.isEmpty()) {
            throw new MigrationException("the policy folder holds no policy");
        }
        compile(files);
        try (Statement statement = owner.createStatement()) {
            statement.execute(
                    "insert into policy_version (version, comment, created_by) values (1, 'first start', 'migrate')");
        }
        try (PreparedStatement insert =
                owner.prepareStatement("insert into policy_file (version, path, text) values (1, ?, ?)")) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                insert.setString(1, file.getKey());
                insert.setString(2, file.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (Statement statement = owner.createStatement()) {
            statement.execute(
                    "update policy_version set published_at = now(), published_by = 'migrate' where version = 1");
            statement.execute("insert into policy_active (version) values (1)");
        }
        return files.size();
    }

    /** Adds the marks of a file of kind {@code Protection}; returns how many are new. */
    static int protection(Connection owner, Path file) throws SQLException {
        String text = text(file);
        String name = String.valueOf(file.getFileName());
        List<ProtectionRule> rules;
        try {
            // The reader that the programs use; what it accepts is then stored as it is written.
            rules = ProtectionMarks.read(name, text).rules();
        } catch (YamlException wrong) {
            throw new MigrationException("the protection marks are wrong:\n" + wrong.getMessage());
        }
        int added = 0;
        try (PreparedStatement insert = owner.prepareStatement(
                "insert into protection_mark"
                        + " (kind, pattern, value, objects, category, source) values (?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (ProtectionRule rule : rules) {
                insert.setString(1, rule.kind().name());
                insert.setString(2, rule.pattern());
                insert.setString(3, rule.value());
                insert.setArray(4, owner.createArrayOf("text", rule.objects().toArray()));
                insert.setString(5, rule.category());
                insert.setString(6, rule.source());
                added += insert.executeUpdate();
            }
        }
        return added;
    }

    /** A version that the gateway would refuse must not become the first one. */
    private static void compile(Map<String, String> files) {
        List<PolicySource> sources = files.entrySet().stream()
                .filter(file -> !isSuite(file.getKey()))
                .map(file -> new PolicySource(file.getKey(), file.getValue()))
                .toList();
        try {
            PolicySet.compile(1, sources);
        } catch (PolicyException wrong) {
            throw new MigrationException("the policies do not compile:\n" + wrong.getMessage());
        }
    }

    private static boolean isSuite(String path) {
        return path.endsWith("_test.yaml");
    }

    /** Policies, packs and suites by their path in the folder; other kinds of YAML lie there too. */
    private static Map<String, String> policyFiles(Path folder) {
        Map<String, String> files = new TreeMap<>();
        for (Path file : yamlFiles(folder)) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            String text = text(file);
            // A file that is no YAML stays in, so that the compiler says what is wrong and where.
            Object kind = root(text).get("kind");
            if (isSuite(path) || kind == null || POLICY_KINDS.contains(kind)) {
                files.put(path, text);
            }
        }
        return files;
    }

    private static Map<?, ?> root(String text) {
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return root instanceof Map<?, ?> map ? map : Map.of();
        } catch (YAMLException notYaml) {
            return Map.of();
        }
    }

    private static List<Path> yamlFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(p -> p.toString().endsWith(".yaml") || p.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new MigrationException("the policy folder cannot be read", unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new MigrationException("the file " + file.getFileName() + " cannot be read", unreadable);
        }
    }
}
