package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.PageWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.jspecify.annotations.Nullable;

/** Reads a stream of Arrow batches, as they leave, into the form of the recording: JSON rows, as the same result in JSON has them. */
final class ArrowPage extends ArrowStreamReader {
    /** Stands for a value whose encoding has no form in rows; it is not a value that the agent saw. */
    static final String NOT_SHOWN = "(not shown: a nested value)";

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private final List<String> types;
    private final PageWriter page;
    private final HeldMemory.Share memory;
    private final ByteSink written;
    private final ByteSink nowhere = new ByteSink(64, ArrowFraming.MOST_BODY);
    private boolean begun;
    private List<ArrowField> fields = List.of();
    private List<Optional<ArrowForm>> forms = List.of();
    private final ArrowDictionaries dictionaries = new ArrowDictionaries();

    /**
     * @param page takes the rows as a JSON list
     * @param memory for batches, and for what their rows are in JSON, which may be much more
     */
    ArrowPage(List<String> names, List<String> types, PageWriter page, HeldMemory.Share memory) {
        super(names, ROWS_NOT_ANNOUNCED, memory);
        this.memory = memory;
        this.written = new ByteSink(4 * 1024, JsonRowMasker.MOST_ROW_BYTES, memory, 1);
        this.types = types;
        this.page = page;
        page.write('[');
    }

    /** Takes the next bytes of the stream. */
    void show(byte[] stream, int length) {
        feed(stream, 0, length, nowhere);
        nowhere.clear();
        page.write(written.array(), 0, written.size());
        written.clear();
    }

    /** There are no more. */
    void end() {
        page.write(']');
    }

    @Override
    boolean readsBatches() {
        return true;
    }

    @Override
    boolean readsDictionary(long id) {
        return dictionaries.follows(id);
    }

    @Override
    void dictionary(DictionaryBatch values, byte[] body, int length) {
        dictionaries.read(values, body, length);
    }

    @Override
    public long maskedCells() {
        return 0;
    }

    @Override
    void schema(ArrowMessage message, boolean marked, ByteOutput out) {
        fields = ArrowField.all(message.schema(), message.texts());
        List<Optional<ArrowForm>> found = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            found.add(form(fields.get(i), types.get(i)));
        }
        forms = found;
    }

    private Optional<ArrowForm> form(ArrowField field, String type) {
        return field.dictionary() ? dictionaries.follow(field, type, memory) : ArrowForms.of(field, type, memory);
    }

    @Override
    void batch(ArrowMessage message, ArrowBody body, boolean marked, ByteOutput out) {
        ByteSink joined = joined(body);
        ArrowBatch batch = ArrowBatch.read(message.batch(), fields, joined.array(), joined.size());
        List<ArrowColumn> columns = new ArrayList<>();
        int node = 0;
        int buffer = 0;
        for (int i = 0; i < fields.size(); i++) {
            ArrowColumn column = new ArrowColumn(batch, fields.get(i), node, buffer);
            forms.get(i).ifPresent(form -> form.check(column));
            columns.add(column);
            node += fields.get(i).nodes();
            buffer += fields.get(i).buffers();
        }
        for (int row = 0; row < batch.rows(); row++) {
            if (begun) {
                written.add((byte) ',');
            }
            begun = true;
            row(columns, row);
        }
    }

    private void row(List<ArrowColumn> columns, int row) {
        written.add((byte) '[');
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                written.add((byte) ',');
            }
            String cell = cell(columns.get(i), forms.get(i), row);
            byte[] json = cell == null ? NULL : JsonText.write(cell);
            written.add(json, 0, json.length);
        }
        written.add((byte) ']');
    }

    private static @Nullable String cell(ArrowColumn column, Optional<ArrowForm> known, int row) {
        ArrowForm form = known.orElse(null);
        if (form == null) {
            return column.field().layout() == ArrowField.Layout.NONE || isNull(column, row) ? null : NOT_SHOWN;
        }
        return form.isNull(column, row) ? null : form.read(column, row);
    }

    private static boolean isNull(ArrowColumn column, int row) {
        column.checkValidity();
        return column.isNull(row);
    }
}
