package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.model.statement.QueryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads typed values out of a reply of Snowflake; whatever is not as expected is a reply that we do not understand. */
public final class ReplyFields {
    /** A reply with one of these starts a file transfer past the gateway, or hands out keys to storage. */
    private static final Set<String> TRANSFER = Set.of(
            "command",
            "stageinfo",
            "uploadinfo",
            "encryptionmaterial",
            "src_locations",
            "presignedurls",
            "presignedurl",
            "creds",
            "localLocation".toLowerCase(Locale.ROOT),
            "stagecredentials",
            "credentials",
            "autocompress",
            "sourcecompression",
            "clientshowencryptionparameter",
            "storageinfo");

    private ReplyFields() {}

    /**
     * The reply as an object; the rows in it are nodes of {@link HeldValue}.
     *
     * @param rowsAt the fields on the way to the rows
     */
    public static ObjectNode tree(ByteSource body, List<String> rowsAt) {
        try {
            return ReplyReader.read(body, rowsAt);
        } catch (StrictJsonException e) {
            throw notUnderstood(String.valueOf(e.getMessage()));
        }
    }

    /** Fails with {@code RESULT_WITHHELD} if the object would start a file transfer. */
    public static void refuseTransfers(ObjectNode object) {
        for (String name : object.propertyNames()) {
            if (TRANSFER.contains(name.toLowerCase(Locale.ROOT))) {
                throw new GatewayException(
                        GatewayErrorCode.RESULT_WITHHELD,
                        "The result was withheld: it hands out access to storage, which Snowgate does not let through. Read the"
                                + " data with a SELECT instead of PUT, GET or a stage.");
            }
        }
    }

    public static String text(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        if (node == null || !node.isString()) {
            throw notUnderstood("'" + name + "' is not text");
        }
        return node.stringValue();
    }

    public static String textOr(ObjectNode object, String name, String otherwise) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            return node.asString();
        }
        throw notUnderstood("'" + name + "' is not text");
    }

    public static long numberOr(ObjectNode object, String name, long otherwise) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        throw notUnderstood("'" + name + "' is not a whole number");
    }

    /** A query id: text in the form of a UUID. */
    public static QueryId queryId(String text) {
        if (text.length() != 36 || !text.matches("[0-9a-fA-F-]{36}")) {
            throw notUnderstood("a query id is not a UUID");
        }
        return new QueryId(text);
    }

    /** The columns of a row type, in order. */
    public static List<ReplyColumn> columns(JsonNode rowType) {
        if (!(rowType instanceof ArrayNode array)) {
            throw notUnderstood("the row type is not a list");
        }
        List<ReplyColumn> columns = new ArrayList<>(array.size());
        for (JsonNode node : array) {
            if (!(node instanceof ObjectNode column)) {
                throw notUnderstood("a column is not an object");
            }
            columns.add(new ReplyColumn(
                    text(column, "name"),
                    textOr(column, "database", ""),
                    textOr(column, "schema", ""),
                    textOr(column, "table", ""),
                    text(column, "type").toLowerCase(Locale.ROOT)));
        }
        return List.copyOf(columns);
    }

    /** The size of a list, 0 where it is absent or null. */
    public static long sizeOf(ObjectNode object, String name) {
        JsonNode node = object.path(name);
        if (node instanceof ArrayNode array) {
            return array.size();
        }
        if (node.isMissingNode() || node.isNull() || node.isPojo()) {
            return JsonRows.at(node).count();
        }
        throw notUnderstood("'" + name + "' is not a list");
    }

    /** The fault for a reply that is not as expected. */
    public static GatewayException notUnderstood(String why) {
        return new GatewayException(
                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD,
                "Snowflake's reply was not understood and was not passed on (" + why + ").");
    }
}
