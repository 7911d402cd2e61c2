package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/**
 * One field of a schema and how it lies in a batch. Only the layouts that are listed are understood: with any other the buffers that
 * follow could not be told apart.
 *
 * @param source the field as it came
 * @param metadata its key-value metadata
 * @param dictionary whether its values lie in a dictionary
 */
record ArrowField(
        Field source,
        String name,
        byte type,
        boolean dictionary,
        Map<String, String> metadata,
        List<ArrowField> children,
        Layout layout) {
    private static final int MOST_FIELDS = 20_000;
    private static final int DEEPEST = 12;

    /** The buffers of one node, its children's aside. */
    enum Layout {
        NONE(0),
        /** Validity and cells of one width. */
        FIXED(2),
        /** Validity, offsets, bytes. */
        VARIABLE(3),
        /** Validity, offsets into the child. */
        OFFSETS(2),
        /** Validity only. */
        VALIDITY(1);

        private final int buffers;

        Layout(int buffers) {
            this.buffers = buffers;
        }

        int buffers() {
            return buffers;
        }
    }

    /** The fields of a schema; fails if one is not understood. */
    static List<ArrowField> all(Schema schema, ArrowTexts texts) {
        if (schema.endianness() != Endianness.Little) {
            throw new ResultFault("the result's byte order is not understood");
        }
        int[] count = {0};
        List<ArrowField> fields = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            fields.add(of(schema.fields(i), texts, 0, count));
        }
        return List.copyOf(fields);
    }

    /** Names only, whatever the fields' layouts are. */
    static List<String> names(Schema schema, ArrowTexts texts) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength() && i <= MOST_FIELDS; i++) {
            names.add(texts.of(schema.fields(i).nameAsByteBuffer()));
        }
        return names;
    }

    private static ArrowField of(Field field, ArrowTexts texts, int depth, int[] count) {
        if (depth > DEEPEST || ++count[0] > MOST_FIELDS) {
            throw new ResultFault("the result has too many columns, or too deep ones");
        }
        List<ArrowField> children = new ArrayList<>();
        for (int i = 0; i < field.childrenLength(); i++) {
            children.add(of(field.children(i), texts, depth + 1, count));
        }
        boolean dictionary = field.dictionary() != null;
        return new ArrowField(
                field,
                texts.of(field.nameAsByteBuffer()),
                field.typeType(),
                dictionary,
                metadata(field, texts),
                List.copyOf(children),
                dictionary ? Layout.FIXED : layout(field.typeType()));
    }

    private static Map<String, String> metadata(Field field, ArrowTexts texts) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < ArrowTexts.count(field.customMetadataLength()); i++) {
            metadata.put(texts.key(field.customMetadata(i)), texts.value(field.customMetadata(i)));
        }
        return metadata;
    }

    private static Layout layout(byte type) {
        return switch (type) {
            case Type.Null -> Layout.NONE;
            case Type.Int,
                    Type.FloatingPoint,
                    Type.Bool,
                    Type.Decimal,
                    Type.Date,
                    Type.Time,
                    Type.Timestamp,
                    Type.Interval,
                    Type.Duration,
                    Type.FixedSizeBinary -> Layout.FIXED;
            case Type.Utf8, Type.Binary, Type.LargeUtf8, Type.LargeBinary -> Layout.VARIABLE;
            case Type.List, Type.LargeList, Type.Map -> Layout.OFFSETS;
            case Type.Struct_, Type.FixedSizeList -> Layout.VALIDITY;
            default -> throw new ResultFault("the result has a column of a kind that is not understood");
        };
    }

    /** The same with its values in its own buffers. */
    ArrowField withoutDictionary() {
        return new ArrowField(source, name, type, false, metadata, children, layout(type));
    }

    /** Nodes of it and its children; those of a dictionary are elsewhere. */
    int nodes() {
        int nodes = 1;
        for (int i = 0; !dictionary && i < children.size(); i++) {
            nodes += children.get(i).nodes();
        }
        return nodes;
    }

    /** Buffers of it and its children. */
    int buffers() {
        int buffers = layout.buffers();
        for (int i = 0; !dictionary && i < children.size(); i++) {
            buffers += children.get(i).buffers();
        }
        return buffers;
    }

    /** Whether it or one of its children has a dictionary. */
    boolean usesDictionary() {
        return dictionary || children.stream().anyMatch(ArrowField::usesDictionary);
    }

    /** The id of its dictionary; only if it has one. */
    long dictionaryId() {
        DictionaryEncoding encoding = source.dictionary();
        if (encoding == null) {
            throw ArrowMessage.damaged();
        }
        return encoding.id();
    }

    /** Whether the values of it or of one of its children lie in that dictionary. */
    boolean refersTo(long id) {
        return dictionary && dictionaryId() == id || children.stream().anyMatch(child -> child.refersTo(id));
    }

    /** Snowflake's type as the schema states it, in lower case; empty text if it does not. */
    String logicalType() {
        return metadata.getOrDefault("logicalType", "").toLowerCase(Locale.ROOT);
    }

    /** The scale that the metadata states; -1 if none that makes sense. */
    int scale() {
        String text = metadata.getOrDefault("scale", "");
        int scale = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
        return scale > 38 ? -1 : scale;
    }

    /** Bytes of a signed integer; 0 if it is none. */
    int integerWidth() {
        if (dictionary || type != Type.Int || !(source.type(new Int()) instanceof Int integer) || !integer.isSigned()) {
            return 0;
        }
        return switch (integer.bitWidth()) {
            case 8 -> 1;
            case 16 -> 2;
            case 32 -> 4;
            case 64 -> 8;
            default -> 0;
        };
    }

    /** The only child of that name, in that place; empty if there is none. */
    Optional<ArrowField> child(int place, String childName) {
        return place < children.size() && children.get(place).name().equalsIgnoreCase(childName)
                ? Optional.of(children.get(place))
                : Optional.empty();
    }
}
