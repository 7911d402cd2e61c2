package dev.snowgate.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings documents of earlier versions up to the present one: fields that did not exist then get the value that claims
 * least. What cannot be completed fails to be read.
 */
final class EarlierVersions {
    private EarlierVersions() {}

    static void complete(String name, JsonNode value) {
        switch (name) {
            case "context", "analysis" -> contexts(value);
            case "catalog-object" -> catalogObject(value);
            case "decision" -> decision(value);
            case "reviewed-facts" -> {
                contexts(value.path("analysis"));
                decision(value.path("decision"));
            }
            default -> {}
        }
        rests(value);
    }

    /** Once every result had as many columns as were listed, and what ran inside of a statement was not told. */
    private static void rests(JsonNode node) {
        if (node instanceof ObjectNode object && !object.has("rest")) {
            boolean statement = object.has("output") && object.has("contextAfterKnown");
            if (statement || object.has("columns") && object.has("columnsKnown")) {
                object.putNull("rest");
            }
            if (statement) {
                object.putArray("inside");
            }
        }
        node.forEach(EarlierVersions::rests);
    }

    /** Version 1 knew only the names of temporary objects and variables: nothing is known of what is in them. */
    private static void contexts(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("temporaryObjects") && !object.has("overlay")) {
            ObjectNode overlay = object.putObject("overlay");
            overlay.put("known", true);
            overlay.putArray("objects");
            overlay.putArray("variables");
            overlay.putArray("dropped");
        }
        node.forEach(EarlierVersions::contexts);
    }

    /** Version 1 had no tags of columns and no figures; version 2 did not know how a routine is called. */
    private static void catalogObject(JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return;
        }
        for (String field : new String[] {"rows", "bytes", "changedAt", "routine"}) {
            if (!object.has(field)) {
                object.putNull(field);
            }
        }
        object.path("columns").forEach(column -> {
            if (column instanceof ObjectNode fields && !fields.has("tags")) {
                fields.putArray("tags");
                fields.putNull("maskedBy");
            }
        });
    }

    /** Version 1 knew no limits of size, warehouse and role, and did not say what a statement reads. */
    private static void decision(JsonNode value) {
        if (value.path("obligations") instanceof ObjectNode obligations && !obligations.has("readsProtected")) {
            obligations.putNull("resultSizeLimit");
            obligations.putArray("warehouses");
            obligations.putArray("roles");
            obligations.putArray("readsProtected");
        }
    }
}
