package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.masking.MaskedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Masks an Arrow IPC stream batch by batch in the encodings that it has. Only the buffers of masked columns are rewritten; a stream
 * without a masked column leaves byte by byte as it came. A masked value that its column cannot hold is null, as is every cell of a
 * column whose encoding is not one of Snowflake's. Not thread-safe.
 */
final class ArrowRowMasker extends ArrowStreamReader {
    private final CellMasks masks;
    private final boolean masksAnything;
    private final Map<Integer, Optional<ArrowForm>> forms = new HashMap<>();
    private final Map<Integer, TextColumnCopy> texts = new HashMap<>();
    private List<ArrowField> fields = List.of();
    private long maskedCells;

    ArrowRowMasker(CellMasks masks, List<String> names, long announcedRows) {
        super(names, announcedRows, masks.memory());
        this.masks = masks;
        this.masksAnything = masks.masksAnything();
    }

    @Override
    public long maskedCells() {
        return maskedCells;
    }

    @Override
    boolean readsBatches() {
        return masksAnything;
    }

    /** Only what a released column refers to: no masked column has a dictionary. */
    @Override
    boolean releases(long dictionary) {
        return !masksAnything || fields.stream().anyMatch(field -> field.refersTo(dictionary));
    }

    @Override
    void schema(ArrowMessage message, boolean marked, ByteSink out) {
        fields = ArrowField.all(message.schema(), message.texts());
        Map<Integer, ArrowSchemaCopy.Edit> edits = new HashMap<>();
        for (int column : masks.maskedColumns()) {
            ArrowField field = fields.get(column);
            if (field.usesDictionary()) {
                throw new ResultFault("a masked column of the result lies in a dictionary");
            }
            Optional<ArrowForm> form =
                    masks.producesNull(column) ? Optional.empty() : ArrowForms.of(field, masks.type(column));
            forms.put(column, form);
            edits.put(column, edit(column, field, form));
        }
        ArrowFraming.write(marked, ArrowSchemaCopy.write(message, fields, edits), out);
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
        if (!after.type().equals(masks.type(column))) {
            forms.put(column, Optional.empty());
        }
        boolean text = form.orElse(null) instanceof BytesForm;
        Map<String, String> metadata = new HashMap<>();
        if (text) {
            put(field, metadata, "charLength", after.length());
            put(field, metadata, "byteLength", after.byteLength());
        }
        put(field, metadata, "precision", after.precision());
        return new ArrowSchemaCopy.Edit(!text || after.nullable(), metadata);
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
    void batch(ArrowMessage message, byte[] body, int length, boolean marked, ByteSink out) {
        ArrowBatch batch = ArrowBatch.read(message.batch(), fields, body, length);
        ArrowBatchCopy copy = new ArrowBatchCopy(batch);
        int node = 0;
        int buffer = 0;
        for (int i = 0; i < fields.size(); i++) {
            ArrowField field = fields.get(i);
            if (masks.masks(i)) {
                mask(i, new ArrowColumn(batch, field, node, buffer), copy);
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
        ArrowForm.Writer cells = form.writer(rows);
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
        copy.replace(column.buffer(), buffers);
        copy.setNulls(column.node(), nulls);
        // what is null in a struct is so by the struct's own bit: its children have none
        for (int i = 1; i < column.field().nodes(); i++) {
            copy.setNulls(column.node() + i, 0);
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
