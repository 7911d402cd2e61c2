package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.MaskedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.jspecify.annotations.Nullable;

/**
 * Masks an Arrow IPC stream batch by batch in the encodings that it has. Only the buffers of masked columns are rewritten; a stream
 * without a masked column leaves byte by byte as it came. A masked value that its column cannot hold is null, as is every cell of a
 * column whose encoding is not one of Snowflake's. A masked column leaves without its dictionary. Not thread-safe.
 */
final class ArrowRowMasker extends ArrowStreamReader {
    private final CellMasks masks;
    private final boolean masksAnything;
    private final Map<Integer, Optional<ArrowForm>> forms = new HashMap<>();
    private final Map<Integer, TextColumnCopy> texts = new HashMap<>();
    private final ArrowDictionaries dictionaries = new ArrowDictionaries();
    private final ByteSink alone;
    private List<ArrowField> fields = List.of();
    private long maskedCells;

    ArrowRowMasker(CellMasks masks, List<String> names, long announcedRows) {
        super(names, announcedRows, masks.memory());
        this.masks = masks;
        this.masksAnything = masks.masksAnything();
        this.alone = new ByteSink(64, ArrowFraming.MOST_BODY, masks.memory(), 1);
    }

    @Override
    public long maskedCells() {
        return maskedCells;
    }

    @Override
    boolean readsBatches() {
        return masksAnything;
    }

    @Override
    boolean readsDictionary(long id) {
        if (masksAnything && !dictionaries.follows(id) && !isReleased(id)) {
            throw new ResultFault("the result has a dictionary that none of its columns refers to");
        }
        return dictionaries.follows(id);
    }

    /** Whether a column that is not masked refers to that dictionary. */
    private boolean isReleased(long id) {
        return IntStream.range(0, fields.size())
                .anyMatch(i -> !masks.masks(i) && fields.get(i).refersTo(id));
    }

    @Override
    void dictionary(DictionaryBatch values, byte[] body, int length) {
        dictionaries.read(values, body, length);
    }

    @Override
    void schema(ArrowMessage message, boolean marked, ByteOutput out) {
        fields = ArrowField.all(message.schema(), message.texts());
        List<ArrowField> leaving = new ArrayList<>(fields);
        Map<Integer, ArrowSchemaCopy.Edit> edits = new HashMap<>();
        for (int column : masks.maskedColumns()) {
            Optional<ArrowForm> form = form(column, fields.get(column));
            if (fields.get(column).dictionary()) {
                leaving.set(column, fields.get(column).withoutDictionary());
            }
            forms.put(column, form);
            edits.put(column, edit(column, leaving.get(column), form));
        }
        ArrowFraming.write(marked, ArrowSchemaCopy.write(message, leaving, edits), out);
    }

    private Optional<ArrowForm> form(int column, ArrowField field) {
        if (field.dictionary()) {
            return Optional.of(dictionary(column, field));
        }
        if (field.usesDictionary()) {
            throw new ResultFault("a part of a masked column of the result lies in a dictionary");
        }
        return masks.producesNull(column) ? Optional.empty() : ArrowForms.of(field, masks.type(column), masks.memory());
    }

    /** The values of a released column leave as they are, so those of a masked one must lie elsewhere. */
    private ArrowForm dictionary(int column, ArrowField field) {
        if (isReleased(field.dictionaryId())) {
            throw new ResultFault("a masked column of the result shares its dictionary with a released one");
        }
        return dictionaries
                .follow(field, masks.type(column), masks.memory())
                .orElseThrow(() -> new ResultFault(
                        "a masked column of the result lies in a dictionary of a kind that is not understood"));
    }

    /** The same as the row type says after masking; only texts are never null where the mask does not make them so. */
    private ArrowSchemaCopy.Edit edit(int column, ArrowField field, Optional<ArrowForm> form) {
        MaskedType after = masks.typeAfter(
                column,
                field.source().nullable(),
                number(field, "charLength"),
                number(field, "byteLength"),
                Optional.ofNullable(number(field, "precision"))
                        .map(Long::intValue)
                        .orElse(null),
                field.scale());
        ArrowForm known = form.orElse(null);
        boolean text = (known instanceof ArrowDictionary dictionary ? dictionary.form() : known) instanceof BytesForm;
        Map<String, String> metadata = new HashMap<>();
        if (text) {
            put(field, metadata, "charLength", after.length());
            put(field, metadata, "byteLength", after.byteLength());
        }
        put(field, metadata, "precision", after.precision());
        return new ArrowSchemaCopy.Edit(
                !(known instanceof BytesForm) || after.nullable(),
                metadata,
                known instanceof NestedForm ? ArrowSchemaCopy.Members.NULLABLE : ArrowSchemaCopy.Members.AS_BEFORE);
    }

    private static void put(ArrowField field, Map<String, String> metadata, String name, @Nullable Number value) {
        if (value != null && field.metadata().containsKey(name)) {
            metadata.put(name, value.toString());
        }
    }

    private static @Nullable Long number(ArrowField field, String name) {
        String text = field.metadata().getOrDefault(name, "");
        return text.matches("[0-9]{1,9}") ? (Long) Long.parseLong(text) : null;
    }

    @Override
    void batch(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out) {
        ArrowBatch batch = ArrowBatch.read(message.batch(), fields, body);
        ArrowBatchCopy copy = new ArrowBatchCopy(batch, body);
        int node = 0;
        int buffer = 0;
        for (int i = 0; i < fields.size(); i++) {
            ArrowField field = fields.get(i);
            if (masks.masks(i)) {
                ArrowBatch column = batch.column(buffer, field.buffers(), body, alone);
                mask(i, new ArrowColumn(column, field, node, buffer), copy);
            }
            node += field.nodes();
            buffer += field.buffers();
        }
        copy.write(message.version(), marked, out);
    }

    private void mask(int index, ArrowColumn column, ArrowBatchCopy copy) {
        ArrowForm form = forms.getOrDefault(index, Optional.empty()).orElse(null);
        if (form == null) {
            maskedCells += ArrowNulls.write(column, copy);
            return;
        }
        if (form.equals(BytesForm.UTF_8)) {
            maskedCells += texts.computeIfAbsent(index, i -> new TextColumnCopy(i, masks))
                    .write(column, copy);
            return;
        }
        form.check(column);
        int rows = column.rows();
        byte[] validity = new byte[LittleEndian.bytesOfBits(rows)];
        ArrowForm.Writer cells = form.writer(column);
        int nulls = 0;
        for (int row = 0; row < rows; row++) {
            if (put(index, column, form, cells, row)) {
                LittleEndian.setBit(validity, row);
            } else {
                nulls++;
            }
        }
        List<byte[]> buffers = new ArrayList<>();
        buffers.add(validity);
        buffers.addAll(cells.buffers());
        copy.replace(column.buffer(), column.field().buffers(), buffers);
        copy.setNulls(column.node(), nulls);
        List<ArrowForm.NodeCount> children = cells.children();
        for (int i = 1; i < column.field().nodes(); i++) {
            // where nothing is said of them, what is null is so by the column's own bit
            copy.setNode(
                    column.node() + i, children.isEmpty() ? new ArrowForm.NodeCount(rows, 0) : children.get(i - 1));
        }
    }

    /** Writes the masked cell; whether it is not null. */
    private boolean put(int index, ArrowColumn column, ArrowForm form, ArrowForm.Writer cells, int row) {
        if (form.isNull(column, row)) {
            cells.putNull(row);
            return false;
        }
        String cell = form.read(column, row);
        String masked = masks.apply(index, cell);
        if (!CellMasks.isUntouched(cell, masked)) {
            maskedCells++;
        }
        if (masked == null) {
            cells.putNull(row);
            return false;
        }
        return cells.put(row, masked);
    }
}
