package dev.snowgate.gateway.snowflake.result;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/** Writes a schema again with some of its columns announced otherwise; everything else of it is kept. */
final class ArrowSchemaCopy {
    private final FlatBufferBuilder to = new FlatBufferBuilder(16 * 1024);

    private ArrowSchemaCopy() {}

    /**
     * What a column says of itself after masking.
     *
     * @param metadata values that take the place of those of the same name
     * @param members what those in it say of themselves
     */
    record Edit(boolean nullable, Map<String, String> metadata, Members members) {
        static Edit none(ArrowField field) {
            return new Edit(field.source().nullable(), Map.of(), Members.AS_BEFORE);
        }
    }

    /** What the members of a column can be after masking. */
    enum Members {
        AS_BEFORE,
        /** Null, each of them and what is in it. */
        NULLABLE,
        /** Null, but for the first, which is the name of an entry of a map. */
        OF_ENTRY
    }

    /**
     * The metadata of the message, with edits by position.
     *
     * @param fields as they leave
     */
    static byte[] write(ArrowMessage message, List<ArrowField> fields, Map<Integer, Edit> edits) {
        ArrowSchemaCopy copy = new ArrowSchemaCopy();
        Schema schema = message.schema();
        int[] written = new int[fields.size()];
        for (int i = 0; i < written.length; i++) {
            ArrowField field = fields.get(i);
            written[i] = copy.field(field, edits.getOrDefault(i, Edit.none(field)));
        }
        int list = Schema.createFieldsVector(copy.to, written);
        int metadata = Schema.createCustomMetadataVector(copy.to, copy.metadata(metadata(schema, message.texts())));
        int features = Schema.createFeaturesVector(copy.to, features(schema));
        int header = Schema.createSchema(copy.to, schema.endianness(), list, metadata, features);
        copy.to.finish(Message.createMessage(copy.to, message.version(), MessageHeader.Schema, header, 0, 0));
        return copy.to.sizedByteArray();
    }

    private int field(ArrowField field, Edit edit) {
        Field source = field.source();
        int[] children = new int[field.children().size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = field(field.children().get(i), member(field, i, edit.members()));
        }
        Map<String, String> values = new LinkedHashMap<>(field.metadata());
        values.putAll(edit.metadata());
        int name = to.createString(field.name());
        int type = ArrowTypes.copy(to, source);
        int dictionary = field.dictionary() ? dictionary(source.dictionary()) : 0;
        int childList = Field.createChildrenVector(to, children);
        int metadata = Field.createCustomMetadataVector(to, metadata(values));
        return Field.createField(to, name, edit.nullable(), source.typeType(), type, dictionary, childList, metadata);
    }

    private static Edit member(ArrowField parent, int place, Members members) {
        ArrowField child = parent.children().get(place);
        if (members == Members.AS_BEFORE || members == Members.OF_ENTRY && place == 0) {
            return Edit.none(child);
        }
        // the format says that entries and their names are never null
        return parent.type() == Type.Map
                ? new Edit(child.source().nullable(), Map.of(), Members.OF_ENTRY)
                : new Edit(true, Map.of(), Members.NULLABLE);
    }

    private int dictionary(@org.jspecify.annotations.Nullable DictionaryEncoding source) {
        if (source == null) {
            return 0;
        }
        Int index = source.indexType();
        int type = index == null ? 0 : ArrowTypes.integer(to, index);
        return DictionaryEncoding.createDictionaryEncoding(
                to, source.id(), type, source.isOrdered(), source.dictionaryKind());
    }

    private int[] metadata(Map<String, String> values) {
        return values.entrySet().stream()
                .mapToInt(value ->
                        KeyValue.createKeyValue(to, to.createString(value.getKey()), to.createString(value.getValue())))
                .toArray();
    }

    private static Map<String, String> metadata(Schema schema, ArrowTexts texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < ArrowTexts.count(schema.customMetadataLength()); i++) {
            values.put(texts.key(schema.customMetadata(i)), texts.value(schema.customMetadata(i)));
        }
        return values;
    }

    private static long[] features(Schema schema) {
        long[] features = new long[ArrowTexts.count(schema.featuresLength())];
        for (int i = 0; i < features.length; i++) {
            features[i] = schema.features(i);
        }
        return features;
    }
}
