package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.snowflake.sqlapi.SqlApiReplies;
import dev.snowgate.gateway.snowflake.sqlapi.SqlApiRequests;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.QueryId;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements in the SQL API, with a bearer token of the agent's upstream user that we sign. */
final class SqlApiUpstream {
    private static final String PATH = "/api/v2/statements";
    private final UpstreamHttp http;
    private final UpstreamCredentials credentials;

    SqlApiUpstream(UpstreamHttp http, UpstreamCredentials credentials) {
        this.http = http;
        this.credentials = credentials;
    }

    /** {@code retry} tells Snowflake to look for a run of that request id first. */
    Mono<UpstreamReply> send(UpstreamCall call, boolean retry) {
        return Mono.defer(() -> {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("requestId", call.upstreamRequestId().toString());
            query.put("async", Boolean.toString(call.async()));
            if (retry) {
                query.put("retry", "true");
            }
            return answer(UpstreamRequest.post(
                    DriverPaths.with(PATH, query), headers(call.session()), SqlApiRequests.statement(call)));
        });
    }

    Mono<UpstreamReply> reread(OwnedResult owned) {
        return Mono.defer(
                () -> answer(UpstreamRequest.get(DriverPaths.once(path(owned.queryId())), headers(owned.session()))));
    }

    Flux<byte[]> partition(OwnedResult owned, int number, PartReader reader) {
        return Flux.defer(() -> http.stream(
                UpstreamRequest.get(
                        DriverPaths.with(path(owned.queryId()), Map.of("partition", Integer.toString(number))),
                        headers(owned.session())),
                owned.session().principal().agent(),
                reader));
    }

    Mono<Void> cancel(AgentSession session, QueryId handle) {
        return Mono.defer(() -> http.send(
                        Purpose.CONTROL,
                        UpstreamRequest.post(
                                DriverPaths.once(path(handle) + "/cancel"), headers(session), UpstreamRequest.NO_BODY))
                .then());
    }

    private Mono<UpstreamReply> answer(UpstreamRequest request) {
        return http.send(Purpose.STATEMENTS, request)
                .map(answer -> SqlApiReplies.parse(answer.status(), answer.body()));
    }

    private static String path(QueryId handle) {
        return PATH + "/" + DriverPaths.id(handle);
    }

    private Map<String, String> headers(AgentSession session) {
        return headers(credentials.of(session.principal().agent().value()));
    }

    static Map<String, String> headers(KeyPairCredential credential) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Authorization", "Bearer " + credential.token());
        headers.put("X-Snowflake-Authorization-Token-Type", "KEYPAIR_JWT");
        return headers;
    }
}
