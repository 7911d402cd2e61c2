package dev.snowgate.gateway.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of configured values that name the key at fault, so that a bad configuration ends the start with one sentence. */
final class Settings {
    private Settings() {}

    static void require(@Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
    }

    static void within(Duration value, Duration least, Duration most, String key) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("'" + key + "' must be between " + least + " and " + most);
        }
    }
}
