package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Structured values (objects, arrays and maps with typed members) that lie in columns of their own. They are read as the JSON text that
 * rows have, and written from it member by member: a member that cannot hold what the mask made of it is null. Not thread-safe.
 *
 * @param shape of the column
 * @param json in which the text of a value is put together
 */
record NestedForm(NestedShape shape, NestedJson json) implements ArrowForm {
    /**
     * Empty if the field is no object, list or map, or has a member whose encoding is not understood.
     *
     * @param memory for texts of values
     */
    static Optional<ArrowForm> of(ArrowField field, HeldMemory.Share memory) {
        return NestedShape.of(field)
                .filter(shape -> !(shape instanceof NestedMember))
                .map(shape -> new NestedForm(shape, new NestedJson(memory)));
    }

    @Override
    public void check(ArrowColumn column) {
        shape.check(column);
    }

    @Override
    public String read(ArrowColumn column, int row) {
        shape.read(column, row, json);
        return json.take();
    }

    @Override
    public Writer writer(ArrowColumn column) {
        return new Cells(shape.cells(column));
    }

    private record Cells(NestedCells cells) implements Writer {
        @Override
        public boolean put(int row, String text) {
            try (JsonParser parser = NestedText.parser(text)) {
                parser.nextToken();
                return cells.put(new NestedText(parser, text));
            } catch (JacksonException e) {
                // what was written of the cell cannot be taken back
                throw new ResultFault("a masked value of the result could not be written");
            }
        }

        @Override
        public void putNull(int row) {
            cells.putNull();
        }

        @Override
        public List<byte[]> buffers() {
            List<byte[]> all = cells.buffers();
            return all.subList(1, all.size());
        }

        @Override
        public List<NodeCount> children() {
            List<NodeCount> all = cells.nodes();
            return all.subList(1, all.size());
        }
    }
}
