package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Type;

/** A map: a list of entries, each with a name and a value. */
record NestedMap(NestedMember key, NestedShape value) implements NestedShape {
    private static final String LOST = "a name in a masked value of the result could not be written";

    static Optional<NestedShape> of(ArrowField field) {
        ArrowField entries = field.children().size() == 1 ? field.children().getFirst() : field;
        List<ArrowField> entry = entries.children();
        if (entries.type() != Type.Struct_ || entries.dictionary() || entry.size() != 2) {
            return Optional.empty();
        }
        return NestedShape.of(entry.getFirst())
                .flatMap(key -> NestedShape.of(entry.getLast())
                        .filter(value -> key instanceof NestedMember)
                        .map(value -> new NestedMap((NestedMember) key, value)));
    }

    @Override
    public void check(ArrowColumn column) {
        NestedOffsets.check(column);
        ArrowColumn entries = column.child(0);
        entries.checkValidity();
        for (int i = 0; i < 2; i++) {
            if (entries.child(i).rows() != entries.rows()) {
                throw new ResultFault("a column of the result is shorter than announced");
            }
        }
        key.check(entries.child(0));
        value.check(entries.child(1));
    }

    @Override
    public void read(ArrowColumn column, int row, NestedJson json) {
        ArrowColumn keys = column.child(0).child(0);
        ArrowColumn values = column.child(0).child(1);
        int start = NestedOffsets.at(column, row);
        int end = NestedOffsets.at(column, row + 1);
        json.add('{');
        for (int i = start; i < end; i++) {
            if (key.isNull(keys, i)) {
                throw new ResultFault("a map of the result has an entry without a name");
            }
            if (i > start) {
                json.add(',');
            }
            json.quote(key.name(keys, i));
            json.add(':');
            value.readOrNull(values, i, json);
        }
        json.add('}');
    }

    @Override
    public Cells cells(ArrowColumn column) {
        ArrowColumn entries = column.child(0);
        return new Cells(key.cells(entries.child(0)), value.cells(entries.child(1)), column.rows(), entries.rows());
    }

    static final class Cells extends NestedCells {
        private final NestedMember.Cells keys;
        private final NestedCells values;
        private final NestedOffsets offsets;
        private final byte[] entries;
        private int count;

        Cells(NestedMember.Cells keys, NestedCells values, int most, int mostEntries) {
            super(most);
            this.keys = keys;
            this.values = values;
            this.offsets = new NestedOffsets(most);
            this.entries = new byte[LittleEndian.bytesOfBits(mostEntries)];
        }

        @Override
        boolean value(int row, NestedText text) {
            if (!text.isObject()) {
                text.scalar();
                return false;
            }
            while (text.next()) {
                if (!keys.putName(text.name())) {
                    throw new ResultFault(LOST);
                }
                values.put(text);
                LittleEndian.setBit(entries, count++);
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
            buffers.add(entries);
            keys.addTo(buffers);
            values.addTo(buffers);
        }

        @Override
        void addNodes(List<ArrowForm.NodeCount> nodes) {
            nodes.add(new ArrowForm.NodeCount(count, 0));
            keys.countTo(nodes);
            values.countTo(nodes);
        }
    }
}
