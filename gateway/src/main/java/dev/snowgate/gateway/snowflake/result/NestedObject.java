package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object with members that the schema names.
 *
 * @param names of the members, in their order
 */
record NestedObject(List<String> names, List<NestedShape> members) implements NestedShape {
    static Optional<NestedShape> of(ArrowField field) {
        List<String> names = new ArrayList<>();
        List<NestedShape> members = new ArrayList<>();
        for (ArrowField child : field.children()) {
            names.add(child.name());
            NestedShape.of(child).ifPresent(members::add);
        }
        // without members there are no bytes that say how many rows there are
        return members.isEmpty() || members.size() < names.size()
                ? Optional.empty()
                : Optional.of(new NestedObject(names, members));
    }

    @Override
    public void check(ArrowColumn column) {
        column.checkValidity();
        for (int i = 0; i < members.size(); i++) {
            ArrowColumn child = column.child(i);
            if (child.rows() != column.rows()) {
                throw new ResultFault("a column of the result is shorter than announced");
            }
            members.get(i).check(child);
        }
    }

    @Override
    public void read(ArrowColumn column, int row, NestedJson json) {
        json.add('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                json.add(',');
            }
            json.quote(names.get(i));
            json.add(':');
            members.get(i).readOrNull(column.child(i), row, json);
        }
        json.add('}');
    }

    @Override
    public Cells cells(ArrowColumn column) {
        List<NestedCells> cells = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            cells.add(members.get(i).cells(column.child(i)));
        }
        return new Cells(cells, column.rows());
    }

    static final class Cells extends NestedCells {
        private final List<NestedCells> members;

        Cells(List<NestedCells> members, int most) {
            super(most);
            this.members = members;
        }

        /** Masks keep members where they are; what a name became is not what the schema says, and stays behind. */
        @Override
        boolean value(int row, NestedText text) {
            if (!text.isObject()) {
                text.scalar();
                return false;
            }
            for (NestedCells member : members) {
                if (!text.next()) {
                    throw new ResultFault("a masked value of the result has lost a member");
                }
                text.name();
                member.put(text);
            }
            if (text.next()) {
                throw new ResultFault("a masked value of the result has another member");
            }
            return true;
        }

        @Override
        void none(int row) {
            members.forEach(NestedCells::putNull);
        }

        @Override
        void addBuffers(List<byte[]> buffers) {
            members.forEach(member -> member.addTo(buffers));
        }

        @Override
        void addNodes(List<ArrowForm.NodeCount> nodes) {
            members.forEach(member -> member.countTo(nodes));
        }
    }
}
