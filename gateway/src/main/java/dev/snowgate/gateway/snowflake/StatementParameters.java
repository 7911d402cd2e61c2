package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters as a client gave them, sorted by {@link SessionParameters}.
 *
 * @param forwarded sent upstream, by upper-case name
 * @param tracked sent upstream and part of the context, by upper-case name
 * @param formats result formats that the client asks for, by upper-case name; values that Snowflake does not know are left out
 * @param statementCount MULTI_STATEMENT_COUNT
 * @param timeoutSeconds the smallest limit in seconds that the client gave; 0 counts as none
 * @param rowLimit ROWS_PER_RESULTSET; 0 counts as none
 * @param queryTag QUERY_TAG
 * @param dropped names that the table does not know
 */
public record StatementParameters(
        SortedMap<String, String> forwarded,
        SortedMap<String, String> tracked,
        SortedMap<String, String> formats,
        OptionalInt statementCount,
        OptionalLong timeoutSeconds,
        OptionalLong rowLimit,
        Optional<String> queryTag,
        List<String> dropped) {

    private static final int LONGEST_VALUE = 4_000;

    /** Nothing given. */
    public static StatementParameters none() {
        return read(StrictJson.object());
    }

    /** Sorts an object of names and plain values; null is the same as absent. */
    public static StatementParameters read(ObjectNode given) {
        SortedMap<String, String> forwarded = new TreeMap<>();
        SortedMap<String, String> tracked = new TreeMap<>();
        SortedMap<String, String> ours = new TreeMap<>();
        List<String> dropped = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (field.getValue().isNull()) {
                continue;
            }
            String name = field.getKey().toUpperCase(Locale.ROOT);
            switch (SessionParameters.treatmentOf(name)) {
                case FORWARD -> put(forwarded, name, field.getValue());
                case TRACKED -> put(tracked, name, field.getValue());
                case OURS -> put(ours, name, field.getValue());
                case REFUSE ->
                    throw new GatewayException(
                            GatewayErrorCode.UNSUPPORTED_FIELD,
                            "The parameter " + name + " may not be set through Snowgate. Leave it out.");
                case UNKNOWN -> FieldTable.addDropped(dropped, name);
            }
        }
        return new StatementParameters(
                forwarded,
                tracked,
                formats(ours),
                count(ours),
                smallest(number(ours, "STATEMENT_TIMEOUT_IN_SECONDS"), number(ours, "QUERY_TIMEOUT")),
                positive(number(ours, "ROWS_PER_RESULTSET")),
                Optional.ofNullable(ours.get("QUERY_TAG")).filter(tag -> !tag.isEmpty()),
                List.copyOf(dropped));
    }

    private static void put(SortedMap<String, String> target, String name, JsonNode value) {
        if (value.isContainer()) {
            throw malformed("The parameter " + name + " is not a plain value.");
        }
        String text = value.asString();
        if (text.length() > LONGEST_VALUE || Utf8.hasLoneSurrogate(text)) {
            throw malformed("The value of the parameter " + name + " is too long or not text.");
        }
        String before = target.put(name, text);
        if (before != null && !before.equals(text)) {
            throw malformed("The parameter " + name + " is given twice with different values.");
        }
    }

    private static SortedMap<String, String> formats(SortedMap<String, String> ours) {
        SortedMap<String, String> formats = new TreeMap<>(ours);
        formats.keySet().retainAll(SessionParameters.RESULT_FORMATS);
        formats.values().removeIf(value -> !ResultFormats.isValue(value));
        return formats;
    }

    private static OptionalInt count(SortedMap<String, String> ours) {
        OptionalLong count = number(ours, "MULTI_STATEMENT_COUNT");
        return count.isPresent() ? OptionalInt.of((int) Math.min(count.getAsLong(), 1_000_000)) : OptionalInt.empty();
    }

    private static OptionalLong number(SortedMap<String, String> ours, String name) {
        String text = ours.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw malformed("The parameter " + name + " is not a whole number of 0 or more.");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static OptionalLong positive(OptionalLong number) {
        return number.isPresent() && number.getAsLong() > 0 ? number : OptionalLong.empty();
    }

    private static OptionalLong smallest(OptionalLong one, OptionalLong other) {
        OptionalLong first = positive(one);
        OptionalLong second = positive(other);
        if (first.isEmpty()) {
            return second;
        }
        return second.isEmpty() ? first : OptionalLong.of(Math.min(first.getAsLong(), second.getAsLong()));
    }

    private static GatewayException malformed(String message) {
        return new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, message);
    }
}
