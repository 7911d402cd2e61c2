package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryBatch;

/** The dictionaries of one stream whose values are read, by the columns that refer to them. Not thread-safe. */
final class ArrowDictionaries {
    private final Map<Long, List<ArrowDictionary>> byId = new HashMap<>();

    /** Reads the dictionary of a column from now on; empty if its values, or their numbers, are of a kind that is not understood. */
    Optional<ArrowForm> follow(ArrowField field, String announced, HeldMemory.Share memory) {
        Optional<ArrowDictionary> dictionary = ArrowDictionary.of(field, announced, memory);
        dictionary.ifPresent(known -> byId.computeIfAbsent(field.dictionaryId(), any -> new ArrayList<>())
                .add(known));
        return dictionary.map(known -> known);
    }

    /** Whether somebody reads that dictionary. */
    boolean follows(long id) {
        return byId.containsKey(id);
    }

    void read(DictionaryBatch values, byte[] body, int length) {
        for (ArrowDictionary dictionary : byId.getOrDefault(values.id(), List.of())) {
            if (!values.isDelta()) {
                dictionary.clear();
            }
            dictionary.add(values.data(), body, length);
        }
    }
}
