package dev.snowgate.console.testing;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/**
 * The console on an embedded PostgreSQL with sample contents: open {@code /test-login?as=mara}. Takes the port as its
 * argument.
 */
public final class TestConsoleApplication {
    private TestConsoleApplication() {}

    public static void main(String[] arguments) throws IOException {
        Path keys = newKeyFile();
        TestDatabase database = TestDatabase.create();
        SampleWorld world = new SampleWorld(new SampleData(database, KeyRing.load(keys))).build();
        SpringApplication application = new SpringApplication(ConsoleApplication.class, FakeLogin.class);
        Map<String, Object> properties = properties(database, keys);
        application.setDefaultProperties(properties);
        application.run(
                "--server.address=127.0.0.1", "--server.port=" + (arguments.length > 0 ? arguments[0] : "8090"));
        System.out.println("Requests " + world.requests() + ", replay " + world.replay());
    }

    /** A new key file of its own. */
    public static Path newKeyFile() throws IOException {
        Path file = Files.createTempDirectory("snowgate-console").resolve("keys");
        KeyRing.generate(file);
        return file;
    }

    /** What the console needs to start on a test database. */
    public static Map<String, Object> properties(TestDatabase database, Path keys) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.console().jdbcUrl());
        properties.put("spring.datasource.username", database.console().user());
        properties.put("spring.datasource.password", database.console().password());
        properties.put("snowgate.keys.file", keys.toString());
        properties.put("snowgate.console.shown.place", "acme-eu1 · production");
        String registration = "spring.security.oauth2.client.registration.console.";
        properties.put(registration + "provider", "oidc");
        properties.put(registration + "client-id", "console");
        properties.put(registration + "client-secret", "not-used");
        properties.put(registration + "authorization-grant-type", "authorization_code");
        properties.put(registration + "redirect-uri", "{baseUrl}/login/oauth2/code/{registrationId}");
        properties.put(registration + "scope", "openid,profile,email");
        String provider = "spring.security.oauth2.client.provider.oidc.";
        properties.put(provider + "authorization-uri", "http://127.0.0.1:9/authorize");
        properties.put(provider + "token-uri", "http://127.0.0.1:9/token");
        properties.put(provider + "jwk-set-uri", "http://127.0.0.1:9/jwks");
        properties.put(provider + "user-info-uri", "http://127.0.0.1:9/userinfo");
        properties.put(provider + "user-name-attribute", "sub");
        return properties;
    }
}
