package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.ReplyFields;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.MaskedType;
import dev.snowgate.masking.Masks;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reply's announcement of its columns. Compared with the plan before anything else, then edited to what the masks will make:
 * the same for a describe, a result and a re-read.
 */
final class RowType {
    private RowType() {}

    /** Fails unless the reply has the plan's columns: their count, or more where it has a rest, and each name that could be predicted. */
    static List<ReplyColumn> verify(JsonNode rowType, MaskPlan plan) {
        List<ReplyColumn> columns = ReplyFields.columns(rowType);
        if (!plan.columnsKnown()) {
            return columns;
        }
        if (!plan.fits(columns.size())) {
            throw new ResultFault("the result has " + columns.size() + " columns where "
                    + plan.columns().size() + (plan.rest().isPresent() ? " or more" : "") + " were expected");
        }
        for (int i = 0; i < plan.columns().size(); i++) {
            String expected = plan.columns().get(i).name();
            if (!expected.isEmpty() && !expected.equals(columns.get(i).name())) {
                throw new ResultFault("column " + (i + 1) + " of the result has another name than expected");
            }
        }
        return columns;
    }

    /** Edits each masked column's type, length, precision and nullability. */
    static void edit(JsonNode rowType, MaskPlan plan, Masks masks) {
        if (!(rowType instanceof ArrayNode array)) {
            throw new ResultFault("the row type is not a list");
        }
        for (int i = 0; i < array.size(); i++) {
            Mask mask = plan.column(i).flatMap(MaskPlan.PlannedColumn::mask).orElse(null);
            if (mask != null && array.get(i) instanceof ObjectNode column) {
                edit(column, mask, masks);
            }
        }
    }

    private static void edit(ObjectNode column, Mask mask, Masks masks) {
        MaskedType before = new MaskedType(
                ReplyFields.text(column, "type"),
                column.path("nullable").asBoolean(true),
                longOrNull(column, "length"),
                longOrNull(column, "byteLength"),
                intOrNull(column, "precision"),
                intOrNull(column, "scale"));
        MaskedType after = masks.typeAfter(mask, before);
        column.put("type", after.type());
        column.put("nullable", after.nullable());
        put(column, "length", after.length());
        put(column, "byteLength", after.byteLength());
        put(column, "precision", after.precision());
        put(column, "scale", after.scale());
        editMembers(column);
    }

    /** Of a structured value each member may be null, but for the names of a map's entries. */
    private static void editMembers(ObjectNode column) {
        String type = ReplyFields.textOr(column, "type", "").toLowerCase(Locale.ROOT);
        boolean structured = type.equals("object") || type.equals("array") || type.equals("map");
        if (!structured || !(column.get("fields") instanceof ArrayNode members)) {
            return;
        }
        for (int i = type.equals("map") ? 1 : 0; i < members.size(); i++) {
            if (members.get(i) instanceof ObjectNode member) {
                member.put("nullable", true);
                editMembers(member);
            }
        }
    }

    private static void put(ObjectNode column, String name, @Nullable Number value) {
        if (value == null) {
            if (column.has(name)) {
                column.putNull(name);
            }
        } else {
            column.put(name, value.longValue());
        }
    }

    private static @Nullable Long longOrNull(ObjectNode column, String name) {
        JsonNode node = column.get(name);
        return node == null || !node.isIntegralNumber() ? null : (Long) node.longValue();
    }

    private static @Nullable Integer intOrNull(ObjectNode column, String name) {
        JsonNode node = column.get(name);
        return node == null || !node.isIntegralNumber() ? null : (Integer) node.intValue();
    }
}
