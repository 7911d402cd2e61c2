package dev.snowgate.emulator.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bind value, or one column of an array bind.
 *
 * @param type Snowflake's name of the type, such as FIXED or TIMESTAMP_NTZ
 * @param values one value, or one per row when {@code array}
 */
public record Binding(String type, List<@Nullable String> values, boolean array) {
    @Override
    public String toString() {
        return "Binding[" + type + "]";
    }
}
