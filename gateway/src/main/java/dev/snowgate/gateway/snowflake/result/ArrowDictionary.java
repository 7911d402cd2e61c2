package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * A column whose cells are numbers of values that come in batches of their own. It is read as the texts of those values, and written as a
 * column without a dictionary: neither values that no cell has nor which cells had the same one leave. Not thread-safe.
 */
final class ArrowDictionary implements ArrowForm {
    /** Of a text beside its characters. */
    private static final int TEXT_BYTES = 64;

    private final ArrowField values;
    private final ArrowForm form;
    private final int width;
    private final boolean signed;
    private final HeldMemory.Share memory;
    private final List<@Nullable String> texts = new ArrayList<>();
    private long textBytes;
    private long counted;

    private ArrowDictionary(ArrowField values, ArrowForm form, int width, boolean signed, HeldMemory.Share memory) {
        this.values = values;
        this.form = form;
        this.width = width;
        this.signed = signed;
        this.memory = memory;
    }

    /**
     * Empty if values or numbers are of a kind that is not understood.
     *
     * @param announced the type that the reply's row type says
     * @param memory for the values, and for the cells that are made of them
     */
    static Optional<ArrowDictionary> of(ArrowField field, String announced, HeldMemory.Share memory) {
        ArrowField values = field.withoutDictionary();
        DictionaryEncoding encoding = field.source().dictionary();
        Int index = encoding == null ? null : encoding.indexType();
        // the format says: without a type they are signed and have 32 bits
        int bits = index == null ? 32 : index.bitWidth();
        boolean signed = index == null || index.isSigned();
        return values.nodes() == 1 && (bits == 8 || bits == 16 || bits == 32 || bits == 64)
                ? ArrowForms.of(values, announced, memory)
                        .map(form -> new ArrowDictionary(values, form, bits / 8, signed, memory))
                : Optional.empty();
    }

    /** How its values lie in buffers of their own. */
    ArrowForm form() {
        return form;
    }

    /** Forgets all values: others follow. */
    void clear() {
        texts.clear();
        textBytes = 0;
    }

    /** Adds the values of a batch to those before. */
    void add(RecordBatch header, byte[] body, int length) {
        ArrowColumn column = new ArrowColumn(ArrowBatch.read(header, List.of(values), body, length), values, 0, 0);
        form.check(column);
        for (int row = 0; row < column.rows(); row++) {
            String text = form.isNull(column, row) ? null : form.read(column, row);
            textBytes += TEXT_BYTES + (text == null ? 0 : text.length());
            hold(textBytes);
            texts.add(text);
        }
    }

    /** Fails unless each number is that of a value. Few bytes of numbers can stand for many of values, so these are counted. */
    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        column.checkLength(1, (long) width * column.rows());
        long characters = 0;
        for (int row = 0; row < column.rows(); row++) {
            characters += isNull(column, row) ? 0 : read(column, row).length();
        }
        hold(textBytes + characters);
    }

    /** The next batch needs no more than this one, so only what is beyond the most so far is taken. */
    private void hold(long bytes) {
        if (bytes > counted) {
            memory.take(bytes - counted);
            counted = bytes;
        }
    }

    @Override
    public boolean isNull(ArrowColumn column, int row) {
        return column.isNull(row) || text(column, row) == null;
    }

    @Override
    public String read(ArrowColumn column, int row) {
        String text = text(column, row);
        if (text == null) {
            throw ArrowMessage.damaged();
        }
        return text;
    }

    private @Nullable String text(ArrowColumn column, int row) {
        long number = LittleEndian.signed(column.body(), column.at(1) + width * row, width);
        if (!signed && width < 8) {
            number &= (1L << 8 * width) - 1;
        }
        if (number < 0 || number >= texts.size()) {
            throw ArrowMessage.damaged();
        }
        return texts.get((int) number);
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return form.writer(column);
    }
}
