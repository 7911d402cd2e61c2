package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.engine.DuckDb;
import dev.snowgate.emulator.engine.Executions;
import dev.snowgate.emulator.protocol.Call;
import dev.snowgate.emulator.protocol.Http;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.protocol.SqlFaults;
import dev.snowgate.emulator.session.Accounts;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.session.Sessions;
import dev.snowgate.emulator.storage.SignedUrls;
import dev.snowgate.emulator.storage.StorageServer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The paths of the driver protocol. */
public final class DriverRoutes {
    private final Http http;
    private final Sessions sessions;
    private final Executions executions;
    private final LoginEndpoint login;
    private final QueryEndpoint queries;

    public DriverRoutes(
            Http http,
            Accounts accounts,
            Sessions sessions,
            DuckDb duckDb,
            Executions executions,
            StorageServer storage,
            SignedUrls urls,
            SqlFaults faults,
            long pollMillis) {
        this.http = http;
        this.sessions = sessions;
        this.executions = executions;
        this.login = new LoginEndpoint(accounts, sessions, duckDb);
        this.queries = new QueryEndpoint(executions, new ResultReply(storage, urls), faults, pollMillis);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/session/v1/login-request", open(login::login))
                .POST("/session/token-request", open(login::renew))
                .POST("/session/heartbeat", inSession((call, session) -> Envelope.success(null)))
                .POST("/session", inSession(this::session))
                .POST("/queries/v1/query-request", inSession(queries::submit))
                .POST("/queries/v1/abort-request", inSession(queries::abortByRequest))
                .POST("/queries/{id}/abort-request", inSession(queries::abortById))
                .GET("/queries/{id}/result", inSession(queries::result))
                .GET("/monitoring/queries/{id}", inSession(queries::monitoring))
                .POST("/telemetry/send", open(DriverRoutes::telemetry))
                .POST("/telemetry/send/sessionless", open(DriverRoutes::telemetry))
                .build();
    }

    private Reply session(Call call, Session session) {
        if ("true".equals(call.query("delete"))) {
            sessions.close(session);
            executions.endSession(session);
        }
        return Envelope.success(null);
    }

    private static Reply telemetry(Call call) {
        return Reply.json(200, Envelope.wrap(Json.MAPPER.valueToTree("Log Received")));
    }

    private HandlerFunction<ServerResponse> open(Function<Call, Reply> answer) {
        return http.blocking(call -> {
            try {
                return answer.apply(call);
            } catch (Refused e) {
                return Envelope.refused(e);
            }
        });
    }

    private HandlerFunction<ServerResponse> inSession(BiFunction<Call, Session, Reply> answer) {
        return open(call -> answer.apply(call, sessions.bySessionToken(Authorization.token(call))));
    }
}
