package dev.snowgate.console.testing;

import dev.snowgate.sealing.KeyRing;
import dev.snowgate.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A database with sample contents, and the properties with which a console starts on it. */
public final class ConsoleTest {
    private static final Path KEYS = keys();
    private final TestDatabase database = TestDatabase.create();
    private final SampleData data = new SampleData(database, KeyRing.load(KEYS));

    /** The database. */
    public TestDatabase database() {
        return database;
    }

    public SampleData data() {
        return data;
    }

    public Path keyFile() {
        return KEYS;
    }

    /** Properties of a console on this database. */
    public Map<String, Object> properties() {
        return TestConsoleApplication.properties(database, KEYS);
    }

    public void register(DynamicPropertyRegistry registry) {
        properties().forEach((name, value) -> registry.add(name, () -> value));
    }

    /** Logs a person in on this thread. */
    public static void logIn(String person, Set<String> groups) {
        dev.snowgate.console.security.PersonAuthentication authentication =
                new dev.snowgate.console.security.PersonAuthentication(new dev.snowgate.console.security.Person(
                        new dev.snowgate.model.agent.PersonId("oidc", person),
                        person,
                        groups,
                        groups.contains("approvers")
                                ? Set.of("APPROVER")
                                : groups.contains("auditors") ? Set.of("AUDITOR") : Set.of()));
        SecurityContextHolder.getContext().setAuthentication(authentication);
    }

    /** Nobody is logged in. */
    public static void logOut() {
        SecurityContextHolder.clearContext();
    }

    private static Path keys() {
        try {
            return TestConsoleApplication.newKeyFile();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
