package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import reactor.core.publisher.Mono;

/** Opens, keeps and closes the upstream's sessions. Faults are gateway exceptions; nothing of them names a secret. */
public interface UpstreamSessions {
    /** Logs in with the agent's upstream user and key, with secondary roles switched off and that checked. */
    Mono<UpstreamSession> open(UpstreamLogIn logIn);

    /** Keeps it from ending for want of calls. */
    Mono<Void> beat(SessionId session);

    /** Logs out; completes whatever the upstream says, for the session is over here in any case. */
    Mono<Void> close(UpstreamTokens tokens);
}
