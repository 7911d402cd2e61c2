package dev.snowgate.console.recording;

import dev.snowgate.sealing.KeyRing;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the key-encryption keys are. There is no default: without a file the console does not start. */
@ConfigurationProperties(prefix = "snowgate.keys")
record KeyProperties(Path file) {
    KeyProperties {
        if (file == null) {
            throw new IllegalArgumentException("snowgate.keys.file names no key file; there is no default key");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(KeyProperties.class)
    static class Keys {
        @Bean
        KeyRing keyRing(KeyProperties properties) {
            return KeyRing.load(properties.file());
        }
    }
}
