package dev.snowgate.gateway.statement;

import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Map;

/**
 * Where the rest of a result lies, and what must be masked in it. Addresses and headers open the customer's storage: kept sealed,
 * never shown.
 *
 * @param parts chunks in row order
 * @param headers headers that storage asks for, keys included
 * @param format of the parts
 * @param names the columns as announced
 * @param types lower-case logical types of the columns
 * @param plan the plan that the first page was masked with
 */
public record StoredChunks(
        List<Part> parts,
        Map<String, String> headers,
        Format format,
        List<String> names,
        List<String> types,
        MaskPlan plan) {
    /** How the rows of a part are written. */
    public enum Format {
        JSON,
        ARROW
    }

    public StoredChunks {
        parts = List.copyOf(parts);
        headers = Map.copyOf(headers);
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    /** One chunk; sizes in bytes as announced, 0 where they are not. */
    public record Part(String url, long rows, long uncompressedBytes, long compressedBytes) {
        @Override
        public String toString() {
            return "Part[" + rows + " rows]";
        }
    }

    @Override
    public String toString() {
        return "StoredChunks[" + parts.size() + " parts]";
    }
}
