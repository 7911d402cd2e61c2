package dev.snowgate.gateway.snowflake.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Streams with features of the format that Snowflake is not known to use. */
final class ArrowFeatures {
    private static final Map<String, String> TEXT = Map.of("logicalType", "TEXT", "scale", "0");

    private ArrowFeatures() {}

    /**
     * Two columns, ADDRESS with its values in a dictionary and COLOUR in another, three rows: the second value, none, and the first.
     *
     * @param index of the numbers
     * @param values of the addresses
     */
    static byte[] withDictionary(ArrowType.Int index, @Nullable String... values) {
        return withDictionaries(index, 8, values);
    }

    /** The same; with 7 as the number of the second dictionary both columns have the first. */
    static byte[] withDictionaries(ArrowType.Int index, long second, @Nullable String... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VarCharVector addresses = texts(allocator, "values", values);
                VarCharVector colours = texts(allocator, "values", "red", "green");
                FieldVector first = numbers(allocator, "ADDRESS", new DictionaryEncoding(7, false, index));
                FieldVector other = numbers(allocator, "COLOUR", new DictionaryEncoding(second, false, index))) {
            DictionaryProvider.MapDictionaryProvider dictionaries = new DictionaryProvider.MapDictionaryProvider(
                    new Dictionary(addresses, new DictionaryEncoding(7, false, index)));
            if (second != 7) {
                dictionaries.put(new Dictionary(colours, new DictionaryEncoding(second, false, index)));
            }
            VectorSchemaRoot root = VectorSchemaRoot.of(first, other);
            try (ArrowStreamWriter writer = new ArrowStreamWriter(root, dictionaries, Channels.newChannel(out))) {
                root.setRowCount(3);
                writer.start();
                writer.writeBatch();
                writer.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static FieldVector numbers(BufferAllocator allocator, String name, DictionaryEncoding encoding) {
        FieldVector numbers = new FieldType(true, encoding.getIndexType(), encoding, TEXT)
                .createNewSingleVector(name, allocator, null);
        numbers.allocateNew();
        ((BaseIntVector) numbers).setWithPossibleTruncate(0, 1);
        numbers.setNull(1);
        ((BaseIntVector) numbers).setWithPossibleTruncate(2, 0);
        numbers.setValueCount(3);
        return numbers;
    }

    /** A column of lists of addresses, and one of texts. */
    static byte[] withList() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                ListVector tags = new ListVector(
                        "TAGS",
                        allocator,
                        new FieldType(true, new ArrowType.List(), null, Map.of("logicalType", "ARRAY")),
                        null);
                VarCharVector notes = texts(allocator, "NOTE", "kept", "kept")) {
            UnionListWriter writer = tags.getWriter();
            for (int row = 0; row < 2; row++) {
                writer.setPosition(row);
                writer.startList();
                writer.writeVarChar("anna.raw@x");
                writer.writeVarChar("otto.raw@x");
                writer.endList();
            }
            tags.setValueCount(2);
            write(out, List.of(tags, notes), IpcOption.DEFAULT, CompressionUtil.CodecType.NO_COMPRESSION);
        }
        return out.toByteArray();
    }

    /** A batch whose body says that it is compressed. */
    static byte[] compressed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VarCharVector emails = texts(allocator, "EMAIL", "anna.raw@x", "otto.raw@x")) {
            write(out, List.of(emails), IpcOption.DEFAULT, CompressionUtil.CodecType.ZSTD);
        }
        return out.toByteArray();
    }

    private static void write(
            ByteArrayOutputStream out,
            List<FieldVector> vectors,
            IpcOption option,
            CompressionUtil.CodecType compression) {
        VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        root.setRowCount(2);
        try (ArrowStreamWriter writer = compression == CompressionUtil.CodecType.NO_COMPRESSION
                ? new ArrowStreamWriter(root, null, Channels.newChannel(out), option)
                : new ArrowStreamWriter(root, null, Channels.newChannel(out), option, new Labelled(), compression)) {
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VarCharVector texts(BufferAllocator allocator, String name, @Nullable String... texts) {
        VarCharVector vector =
                new VarCharVector(name, new FieldType(true, new ArrowType.Utf8(), null, TEXT), allocator);
        vector.allocateNew();
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            if (text == null) {
                vector.setNull(i);
            } else {
                vector.setSafe(i, text.getBytes(StandardCharsets.UTF_8));
            }
        }
        vector.setValueCount(texts.length);
        return vector;
    }

    /** Says that it compresses, and does not. */
    private static final class Labelled extends AbstractCompressionCodec implements CompressionCodec.Factory {
        @Override
        protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf buffer) {
            ArrowBuf copy = allocator.buffer(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH + buffer.writerIndex());
            copy.writerIndex(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH + buffer.writerIndex());
            copy.setBytes(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH, buffer, 0, buffer.writerIndex());
            return copy;
        }

        @Override
        protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompressionUtil.CodecType getCodecType() {
            return CompressionUtil.CodecType.ZSTD;
        }

        @Override
        public CompressionCodec createCodec(CompressionUtil.CodecType codecType) {
            return this;
        }

        @Override
        public CompressionCodec createCodec(CompressionUtil.CodecType codecType, int compressionLevel) {
            return this;
        }
    }
}
