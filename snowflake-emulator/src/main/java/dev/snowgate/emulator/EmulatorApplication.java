package dev.snowgate.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The standalone program. Options come, strongest first, from arguments ({@code --emulator.port=8085}), system
 * properties, environment variables, the file of {@code --emulator.config}, and the built-in {@code emulator.yaml}.
 */
public final class EmulatorApplication {
    private EmulatorApplication() {}

    public static void main(String[] args) {
        EmulatorServer server = EmulatorServer.start(options(args));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "emulator-stop"));
        System.out.println("Emulated Snowflake on " + server.url() + ", its storage on port " + server.storagePort());
        server.await();
    }

    static EmulatorOptions options(String[] args) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        String file = environment.getProperty("emulator.config");
        if (file != null) {
            add(environment, "file", new FileSystemResource(file));
        } else {
            add(environment, "built-in", new ClassPathResource("emulator.yaml"));
        }
        return Binder.get(environment).bindOrCreate("emulator", EmulatorOptions.class);
    }

    private static void add(StandardEnvironment environment, String name, Resource resource) {
        try {
            List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(name, resource);
            sources.forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException("The emulator's configuration can't be read: " + resource, e);
        }
    }
}
