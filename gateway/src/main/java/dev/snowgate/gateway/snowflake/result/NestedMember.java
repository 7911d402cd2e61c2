package dev.snowgate.gateway.snowflake.result;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * A member that is no structured value itself. What JSON has no form for, such as dates, is the number or text that a column of its own has in
 * JSON rows.
 */
record NestedMember(ArrowForm form, Kind kind, int nodes) implements NestedShape {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private enum Kind {
        TEXT,
        BOOLEAN,
        NUMBER,
        JSON
    }

    static Optional<NestedShape> of(ArrowField field) {
        String type = ArrowForms.memberType(field);
        return ArrowForms.member(field, type).map(form -> new NestedMember(form, kind(type), field.nodes()));
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "text", "binary" -> Kind.TEXT;
            case "boolean" -> Kind.BOOLEAN;
            case "variant", "object", "array", "map" -> Kind.JSON;
            default -> Kind.NUMBER;
        };
    }

    @Override
    public void check(ArrowColumn column) {
        form.check(column);
    }

    @Override
    public boolean isNull(ArrowColumn column, int row) {
        return form.isNull(column, row);
    }

    @Override
    public void read(ArrowColumn column, int row, NestedJson json) {
        String text = form.read(column, row);
        switch (kind) {
            case TEXT -> json.quote(text);
            case BOOLEAN -> json.add(text.equals("1") ? "true" : "false");
            case NUMBER -> {
                if (NUMBER.matcher(text).matches()) {
                    json.add(text);
                } else {
                    json.quote(text);
                }
            }
            // what cannot be read cannot be masked, and a mask may have to look inside
            case JSON -> json.add(isJson(text) ? text : "null");
        }
    }

    /** The name of an entry of a map. */
    String name(ArrowColumn column, int row) {
        return form.read(column, row);
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = NestedText.parser(text)) {
            boolean value = parser.nextToken() != null;
            parser.skipChildren();
            return value && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    @Override
    public Cells cells(ArrowColumn column) {
        return new Cells(this, column);
    }

    static final class Cells extends NestedCells {
        private final NestedMember member;
        private final ArrowForm.Writer writer;

        Cells(NestedMember member, ArrowColumn column) {
            super(column.rows());
            this.member = member;
            this.writer = member.form.writer(column);
        }

        @Override
        boolean value(int row, NestedText text) {
            return write(row, member.kind == Kind.JSON ? text.json() : text.scalar());
        }

        private boolean write(int row, @Nullable String text) {
            return text != null && writer.put(row, text);
        }

        /** The next row, of the name of an entry; whether it could be written. */
        boolean putName(String name) {
            return end(write(rows(), name));
        }

        @Override
        void none(int row) {
            writer.putNull(row);
        }

        @Override
        void addBuffers(List<byte[]> buffers) {
            buffers.addAll(writer.buffers());
        }

        @Override
        void addNodes(List<ArrowForm.NodeCount> nodes) {
            for (int i = 1; i < member.nodes; i++) {
                nodes.add(new ArrowForm.NodeCount(nodes.getLast().rows(), 0));
            }
        }
    }
}
