package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.Authenticator;
import dev.snowgate.gateway.session.LogInRequest;
import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.session.Sessions;
import dev.snowgate.model.agent.ClientApplication;
import reactor.core.publisher.Mono;

/** What the edge asks of sessions. */
interface SessionPort {
    Mono<AgentSession> bySessionToken(String token, String network);

    Mono<AgentSession> byBearer(String token, String type, String network, ClientApplication client);

    Mono<OpenedSession> logIn(LogInRequest request);

    Mono<RenewedTokens> renew(String masterToken, String oldSessionToken);

    Mono<Void> logOut(AgentSession session);

    Mono<Void> heartbeat(AgentSession session);

    /** The real ones. */
    record Live(Authenticator authenticator, Sessions sessions) implements SessionPort {
        @Override
        public Mono<AgentSession> bySessionToken(String token, String network) {
            return authenticator.bySessionToken(token, network);
        }

        @Override
        public Mono<AgentSession> byBearer(String token, String type, String network, ClientApplication client) {
            return authenticator.byBearer(token, type, network, client);
        }

        @Override
        public Mono<OpenedSession> logIn(LogInRequest request) {
            return sessions.logIn(request);
        }

        @Override
        public Mono<RenewedTokens> renew(String masterToken, String oldSessionToken) {
            return sessions.renew(masterToken, oldSessionToken);
        }

        @Override
        public Mono<Void> logOut(AgentSession session) {
            return sessions.logOut(session);
        }

        @Override
        public Mono<Void> heartbeat(AgentSession session) {
            return sessions.heartbeat(session);
        }
    }
}
