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
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Streams with features of the format that Snowflake is not known to use. */
final class ArrowFeatures {
    private static final Map<String, String> TEXT = Map.of("logicalType", "TEXT", "scale", "0");

    private ArrowFeatures() {}

    /** A column of colours in a dictionary, and one of addresses. */
    static byte[] withDictionary() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VarCharVector values = texts(allocator, "values", "red", "green");
                VarCharVector colours = texts(allocator, "COLOUR", "red", "red");
                VarCharVector emails = texts(allocator, "EMAIL", "anna.raw@x", "otto.raw@x")) {
            Dictionary dictionary = new Dictionary(values, new DictionaryEncoding(7, false, null));
            try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(colours, dictionary);
                    VectorSchemaRoot root = VectorSchemaRoot.of(encoded, emails);
                    ArrowStreamWriter writer = new ArrowStreamWriter(
                            root, new DictionaryProvider.MapDictionaryProvider(dictionary), Channels.newChannel(out))) {
                root.setRowCount(2);
                writer.start();
                writer.writeBatch();
                writer.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
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

    private static VarCharVector texts(BufferAllocator allocator, String name, String... texts) {
        VarCharVector vector =
                new VarCharVector(name, new FieldType(true, new ArrowType.Utf8(), null, TEXT), allocator);
        vector.allocateNew();
        for (int i = 0; i < texts.length; i++) {
            vector.setSafe(i, texts[i].getBytes(StandardCharsets.UTF_8));
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
