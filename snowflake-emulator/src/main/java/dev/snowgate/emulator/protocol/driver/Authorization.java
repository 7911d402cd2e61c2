package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.protocol.Call;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Snowflake Token="…"}. */
final class Authorization {
    private static final Pattern TOKEN = Pattern.compile("Snowflake Token=\"([^\"]+)\"");

    private Authorization() {}

    static @Nullable String token(Call call) {
        String header = call.header("Authorization");
        Matcher matcher = TOKEN.matcher(header == null ? "" : header);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
