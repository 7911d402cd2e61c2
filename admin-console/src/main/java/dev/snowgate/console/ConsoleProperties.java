package dev.snowgate.console;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the console says of itself.
 *
 * @param place which installation this is, shown below the name
 */
@ConfigurationProperties(prefix = "snowgate.console.shown")
public record ConsoleProperties(@DefaultValue("") String place) {}
