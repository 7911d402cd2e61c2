package dev.snowgate.gateway.recording;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the key-encryption keys are; prefix {@code snowgate.keys}. There is no default.
 *
 * @param file one key per line, the active one first, readable by its owner only
 */
@ConfigurationProperties("snowgate.keys")
public record KeyProperties(Path file) {}
