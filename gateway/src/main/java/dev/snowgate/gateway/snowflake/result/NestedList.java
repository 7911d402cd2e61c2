package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import java.util.Optional;

/** A list of values of one kind. */
record NestedList(NestedShape item) implements NestedShape {
    static Optional<NestedShape> of(ArrowField field) {
        return field.children().size() == 1
                ? NestedShape.of(field.children().getFirst()).map(NestedList::new)
                : Optional.empty();
    }

    @Override
    public void check(ArrowColumn column) {
        NestedOffsets.check(column);
        item.check(column.child(0));
    }

    @Override
    public void read(ArrowColumn column, int row, NestedJson json) {
        ArrowColumn items = column.child(0);
        int start = NestedOffsets.at(column, row);
        int end = NestedOffsets.at(column, row + 1);
        json.add('[');
        for (int i = start; i < end; i++) {
            if (i > start) {
                json.add(',');
            }
            item.readOrNull(items, i, json);
        }
        json.add(']');
    }

    @Override
    public Cells cells(ArrowColumn column) {
        return new Cells(item.cells(column.child(0)), column.rows());
    }

    static final class Cells extends NestedCells {
        private final NestedCells items;
        private final NestedOffsets offsets;

        Cells(NestedCells items, int most) {
            super(most);
            this.items = items;
            this.offsets = new NestedOffsets(most);
        }

        @Override
        boolean value(int row, NestedText text) {
            if (!text.isList()) {
                text.scalar();
                return false;
            }
            while (text.next()) {
                items.put(text);
                offsets.more();
            }
            offsets.end(row);
            return true;
        }

        @Override
        void none(int row) {
            offsets.end(row);
        }

        @Override
        void addBuffers(List<byte[]> buffers) {
            buffers.add(offsets.bytes());
            items.addTo(buffers);
        }

        @Override
        void addNodes(List<ArrowForm.NodeCount> nodes) {
            items.countTo(nodes);
        }
    }
}
