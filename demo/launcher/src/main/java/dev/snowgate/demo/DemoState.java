package dev.snowgate.demo;

import dev.snowgate.sealing.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The demo's folder: database, logs, keys and the secrets that were made for it. A second start finds everything again. Files with
 * secrets have mode 0600.
 */
final class DemoState {
    private static final String SECRETS = "secrets.properties";
    private static final String RUNNING = "running.properties";
    private static final int KEY_BITS = 2048;
    private final Path folder;
    private final Properties secrets = new Properties();
    private final SecureRandom random = new SecureRandom();

    private DemoState(Path folder) {
        this.folder = folder;
    }

    /** The state in that folder, made if it is not there. */
    static DemoState open(Path folder) {
        DemoState state = new DemoState(folder);
        try {
            Files.createDirectories(folder.resolve("logs"));
            Path file = folder.resolve(SECRETS);
            if (Files.exists(file)) {
                try (var reader = Files.newBufferedReader(file)) {
                    state.secrets.load(reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(state.keyFile())) {
            KeyRing.generate(state.keyFile());
        }
        return state;
    }

    /** A state that goes away with {@link #delete}. */
    static DemoState temporary() {
        try {
            return open(Files.createTempDirectory("snowgate-check"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state of the demo that runs now. */
    static DemoState running(Path home) {
        DemoState state = open(home.resolve(".snowgate/demo"));
        if (!Files.exists(state.folder.resolve(RUNNING))) {
            throw new DemoException("No demo is running. Start it with: ./snowgate demo");
        }
        return state;
    }

    Path folder() {
        return folder;
    }

    Path log(String program) {
        return folder.resolve("logs").resolve(program + ".log");
    }

    Path keyFile() {
        return folder.resolve("keys.json");
    }

    /** A secret by name, made at the first call and kept. */
    synchronized String secret(String name) {
        String known = secrets.getProperty(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        String made = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .replace('-', 'x')
                .replace('_', 'y');
        secrets.setProperty(name, made);
        store(folder.resolve(SECRETS), secrets);
        return made;
    }

    /** The private key file of an upstream user (PKCS#8, PEM); the public key lies beside it with the ending {@code .pub}. */
    synchronized Path userKey(String user) {
        Path file = folder.resolve("key-" + user + ".pem");
        if (Files.exists(file)) {
            return file;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair pair = generator.generateKeyPair();
            writePrivate(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            writePrivate(publicKey(user), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    Path publicKey(String user) {
        return folder.resolve("key-" + user + ".pub");
    }

    /** Writes a file that only its owner reads. */
    void writePrivate(Path file, String text) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers where the demo runs, for commands in other terminals. */
    void markRunning(Ports ports) {
        Properties running = new Properties();
        running.setProperty("gateway", Integer.toString(ports.gateway()));
        running.setProperty("console", Integer.toString(ports.console()));
        running.setProperty("identity", Integer.toString(ports.identity()));
        running.setProperty("emulator", Integer.toString(ports.emulator()));
        running.setProperty("storage", Integer.toString(ports.storage()));
        running.setProperty("postgres", Integer.toString(ports.postgres()));
        store(folder.resolve(RUNNING), running);
    }

    Ports runningPorts() {
        Properties running = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve(RUNNING))) {
            running.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ports(
                port(running, "gateway"),
                port(running, "console"),
                port(running, "identity"),
                port(running, "emulator"),
                port(running, "storage"),
                port(running, "postgres"));
    }

    void markStopped() {
        try {
            Files.deleteIfExists(folder.resolve(RUNNING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the folder with all that is in it. */
    void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoState::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The folder " + folder + " could not be removed whole.");
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void store(Path file, Properties properties) {
        StringBuilder text = new StringBuilder();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> text.append(name)
                        .append('=')
                        .append(properties.getProperty(name))
                        .append('\n'));
        writePrivate(file, text.toString());
    }

    private static int port(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name, "0"));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }
}
