package dev.snowgate.emulator.admin;

import dev.snowgate.emulator.Fault;
import dev.snowgate.emulator.protocol.Call;
import dev.snowgate.emulator.protocol.Http;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.JsonNode;

/** The paths under {@code /__emulator/}, answered to loopback only. */
public final class AdminRoutes {
    private final Http http;
    private final ExecutionLog log;
    private final FaultList faults;
    private final Runnable expireTokens;

    public AdminRoutes(Http http, ExecutionLog log, FaultList faults, Runnable expireTokens) {
        this.http = http;
        this.log = log;
        this.faults = faults;
        this.expireTokens = expireTokens;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/__emulator/health", local(call -> done()))
                .GET("/__emulator/log", local(call -> Reply.json(200, Json.MAPPER.writeValueAsBytes(log.entries()))))
                .DELETE("/__emulator/log", local(call -> {
                    log.clear();
                    return done();
                }))
                .GET(
                        "/__emulator/faults",
                        local(call -> Reply.json(200, Json.MAPPER.writeValueAsBytes(faults.remaining()))))
                .POST("/__emulator/faults", local(this::addFaults))
                .DELETE("/__emulator/faults", local(call -> {
                    faults.clear();
                    return done();
                }))
                .POST("/__emulator/expire-tokens", local(call -> {
                    expireTokens.run();
                    return done();
                }))
                .build();
    }

    /** One fault or a list: {@code {"path":…,"sql":…,"count":1,"kind":"delay","value":500}}. */
    private Reply addFaults(Call call) {
        JsonNode body = call.json();
        if (body.isArray()) {
            body.forEach(this::add);
        } else {
            add(body);
        }
        return done();
    }

    private void add(JsonNode node) {
        String kind =
                String.valueOf(Json.text(node, "kind")).toUpperCase(Locale.ROOT).replace('-', '_');
        faults.add(new Fault(
                Json.text(node, "path"),
                Json.text(node, "sql"),
                node.path("count").asInt(1),
                Fault.Kind.valueOf(kind),
                node.path("value").asLong(0)));
    }

    private static Reply done() {
        return Reply.json(200, Json.object().put("status", "UP"));
    }

    private HandlerFunction<ServerResponse> local(Function<Call, Reply> answer) {
        return http.blocking(call -> {
            if (!call.fromLoopback()) {
                return Reply.json(404, Json.object().put("code", "404"));
            }
            try {
                return answer.apply(call);
            } catch (IllegalArgumentException e) {
                return Reply.json(400, Json.object().put("message", "Unknown kind of fault or bad pattern."));
            }
        });
    }
}
