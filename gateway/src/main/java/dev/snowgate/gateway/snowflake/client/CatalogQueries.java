package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.snowflake.sqlapi.SqlApiReplies;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.QueryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs statements of our own in the SQL API as the catalog's user and gives their rows as text. */
final class CatalogQueries {
    private static final String PATH = "/api/v2/statements";
    private final UpstreamHttp http;
    private final KeyPairCredential credential;
    private final CatalogAccessProperties access;

    CatalogQueries(UpstreamHttp http, KeyPairCredential credential, CatalogAccessProperties access) {
        this.http = http;
        this.credential = credential;
        this.access = access;
    }

    /** All rows of a statement; a cell is null where the value is. */
    Flux<List<@Nullable String>> rows(GatewayStatement statement, String database, List<String> bound) {
        return Mono.fromSupplier(() -> UpstreamRequest.post(
                        DriverPaths.with(
                                PATH, Map.of("requestId", UUID.randomUUID().toString())),
                        SqlApiUpstream.headers(credential),
                        body(statement.in(database), bound)))
                .flatMap(request -> http.send(Purpose.CONTROL, request))
                .map(answer -> SqlApiReplies.parse(answer.status(), answer.body()))
                .flatMap(this::finished)
                .flatMapMany(this::pages);
    }

    private Mono<UpstreamReply.Complete> finished(UpstreamReply reply) {
        return switch (reply) {
            case UpstreamReply.Complete complete -> Mono.just(complete);
            case UpstreamReply.InProgress running ->
                http.send(
                                Purpose.CONTROL,
                                UpstreamRequest.get(
                                        DriverPaths.once(PATH + "/" + DriverPaths.id(running.queryId())),
                                        SqlApiUpstream.headers(credential)))
                        .map(answer -> SqlApiReplies.parse(answer.status(), answer.body()))
                        .flatMap(this::finished);
            case UpstreamReply.Failed failed ->
                Mono.error(new GatewayException(
                        GatewayErrorCode.CATALOG_UNAVAILABLE,
                        "Snowflake refused a look-up of the catalog (code " + failed.code() + ")."));
        };
    }

    private Flux<List<@Nullable String>> pages(UpstreamReply.Complete complete) {
        Flux<JsonReply> more =
                Flux.range(1, complete.chunks()).concatMap(number -> partition(complete.queryId(), number));
        return Mono.just(complete.body())
                .cast(JsonReply.class)
                .concatWith(more)
                .concatMapIterable(CatalogQueries::cells);
    }

    private Mono<JsonReply> partition(QueryId handle, int number) {
        return http.send(
                        Purpose.STATEMENTS,
                        UpstreamRequest.get(
                                DriverPaths.with(
                                        PATH + "/" + DriverPaths.id(handle),
                                        Map.of("partition", Integer.toString(number))),
                                SqlApiUpstream.headers(credential)))
                .map(answer -> SqlApiReplies.parsePartition(answer.status(), answer.body()));
    }

    private static List<List<@Nullable String>> cells(JsonReply reply) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : JsonRows.at(reply.tree().path("data")).tree()) {
            List<@Nullable String> cells = new ArrayList<>(row.size());
            for (JsonNode cell : row) {
                cells.add(cell.isNull() ? null : cell.asString());
            }
            rows.add(cells);
        }
        return rows;
    }

    private byte[] body(String text, List<String> bound) {
        ObjectNode body = StrictJson.object();
        body.put("statement", text);
        body.put("timeout", Math.max(1, access.timeout().toSeconds()));
        body.put("role", access.role());
        body.put("warehouse", access.warehouse());
        // Database and schema are left to the user's default: every name in our texts is fully qualified.
        body.set("parameters", StrictJson.object().put("query_tag", "snowgate:catalog"));
        if (!bound.isEmpty()) {
            ObjectNode bindings = StrictJson.object();
            for (int i = 0; i < bound.size(); i++) {
                bindings.set(
                        Integer.toString(i + 1),
                        StrictJson.object().put("type", "TEXT").put("value", bound.get(i)));
            }
            body.set("bindings", bindings);
        }
        return StrictJson.write(body);
    }
}
