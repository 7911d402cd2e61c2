package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.snowflake.FieldTable.Row;
import dev.snowgate.gateway.snowflake.FieldTable.Treatment;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's body, read through its field table: only known fields of the right type are kept. Bindings are never a tree: an
 * array bind may be tens of MB.
 */
public final class RequestBody {
    private static final String BINDINGS = "bindings";

    private final Map<String, JsonNode> fields = new HashMap<>();
    private final List<String> dropped = new ArrayList<>();
    private Bindings bindings = Bindings.none();

    private RequestBody() {}

    /** Reads it; faults are {@code MALFORMED_REQUEST} or {@code UNSUPPORTED_FIELD}. */
    public static RequestBody read(byte[] bytes, FieldTable table) {
        RequestBody body = new RequestBody();
        try (JsonParser parser = StrictJson.objectParser(bytes)) {
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                body.readField(parser, name, table.bodyRow(name).orElse(null), bytes.length);
            }
            if (parser.nextToken() != null) {
                throw new StrictJsonException("something follows the JSON value");
            }
            return body;
        } catch (JacksonException e) {
            throw malformed(StrictJson.told(e));
        } catch (StrictJsonException e) {
            throw malformed(e);
        }
    }

    /** Reads an object that is inside another through its own table. */
    public static RequestBody of(ObjectNode object, FieldTable table) {
        RequestBody body = new RequestBody();
        object.properties().forEach(field -> {
            Row row = table.bodyRow(field.getKey()).orElse(null);
            body.keep(field.getKey(), row, field.getValue());
        });
        return body;
    }

    private void readField(JsonParser parser, String name, @Nullable Row row, int size) {
        if (name.equals(BINDINGS) && row != null && parser.currentToken() == JsonToken.START_OBJECT) {
            bindings = BindingsReader.read(parser, size);
            return;
        }
        if (row == null && parser.currentToken().isStructStart()) {
            parser.skipChildren();
            FieldTable.addDropped(dropped, name);
            return;
        }
        keep(name, row, StrictJson.readInside(parser));
    }

    private void keep(String name, @Nullable Row row, JsonNode value) {
        if (row == null) {
            FieldTable.addDropped(dropped, name);
            return;
        }
        if (value.isNull()) {
            return;
        }
        if (row.treatment() == Treatment.REFUSE) {
            throw FieldTable.refusal(row);
        }
        if (row.treatment() == Treatment.DROP) {
            FieldTable.addDropped(dropped, name);
            return;
        }
        checkType(row, value);
        fields.put(name, value);
    }

    private static void checkType(Row row, JsonNode value) {
        boolean right = switch (row.type()) {
            case TEXT -> value.isString() && !Utf8.hasLoneSurrogate(value.stringValue());
            case INTEGER -> value.isIntegralNumber();
            case BOOLEAN -> value.isBoolean();
            case OBJECT -> value.isObject();
            case ANY -> true;
        };
        if (!right) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST,
                    "The field '" + row.name() + "' is not "
                            + switch (row.type()) {
                                case TEXT -> "text.";
                                case INTEGER -> "a whole number.";
                                case BOOLEAN -> "true or false.";
                                case OBJECT, ANY -> "an object.";
                            });
        }
    }

    /** The names of fields that were dropped. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    public Bindings bindings() {
        return bindings;
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(JsonNode::stringValue);
    }

    public boolean flag(String name) {
        JsonNode value = fields.get(name);
        return value != null && value.booleanValue();
    }

    /** A whole number; one that does not fit is refused. */
    public Optional<Long> number(String name) {
        JsonNode value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.canConvertToLong()) {
            throw new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The field '" + name + "' is out of range.");
        }
        return Optional.of(value.longValue());
    }

    public Optional<ObjectNode> object(String name) {
        return Optional.ofNullable(fields.get(name)).map(ObjectNode.class::cast);
    }

    /** The fault for a body that is not the JSON it should be. */
    public static GatewayException malformed(StrictJsonException e) {
        return new GatewayException(
                GatewayErrorCode.MALFORMED_REQUEST, "The request's body was not understood: " + e.getMessage() + ".");
    }
}
