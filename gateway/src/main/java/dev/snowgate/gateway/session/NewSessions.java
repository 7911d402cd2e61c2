package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** What both doors share: who may come, and the events that a log-in leaves in the recording. */
final class NewSessions {
    private final IdentityTokens identities;
    private final SessionStore store;
    private final Recorder recorder;

    NewSessions(IdentityTokens identities, SessionStore store, Recorder recorder) {
        this.identities = identities;
        this.store = store;
        this.recorder = recorder;
    }

    /** Who the token names, if nobody suspended that agent. */
    Mono<Identity> admit(String token) {
        return identities
                .verify(token)
                .flatMap(identity -> store.suspended(identity.principal().agent())
                        .flatMap(suspended -> suspended ? Mono.error(TokenRefusal.suspended()) : Mono.just(identity)));
    }

    /** Ends with the session, or with the token where its issuer is strict. */
    static Instant end(Instant now, SessionProperties properties, Identity identity, boolean strict) {
        Instant end = now.plus(properties.maxAge());
        return strict && identity.expiresAt().isBefore(end) ? identity.expiresAt() : end;
    }

    Mono<Void> recordOpened(AgentSession session, Map<String, String> more) {
        Principal principal = session.principal();
        Map<String, String> facts = new TreeMap<>(more);
        facts.put("agent", principal.agent().value());
        facts.put("issuer", principal.issuer());
        facts.put("groups", String.join(" ", new java.util.TreeSet<>(principal.groups())));
        facts.put("person", principal.person().map(PersonId::claim).orElse(""));
        facts.put("client", session.client().name() + " " + session.client().version());
        facts.put("network", session.network());
        facts.put("role", session.context().role());
        return recorder.append(session.id(), Optional.empty(), "SESSION_OPENED", facts);
    }

    Mono<Void> record(SessionId session, String kind, Map<String, String> facts) {
        return recorder.append(session, Optional.empty(), kind, facts);
    }

    /**
     * Records a refused log-in and passes the refusal on, with the reference under which it was recorded: what carries one is not
     * recorded again by those further out.
     */
    <T> Mono<T> refused(Throwable fault, String network, ClientApplication client) {
        if (!(fault instanceof GatewayException known) || known.code() == GatewayErrorCode.RECORDING_UNAVAILABLE) {
            return Mono.error(fault);
        }
        String message = Optional.ofNullable(known.getMessage()).orElse("");
        StatementId reference = known.statement().orElseGet(StatementId::random);
        Map<String, String> facts = Map.of(
                "code",
                known.code().name(),
                "reason",
                message,
                "reference",
                reference.toString(),
                "client",
                client.name() + " " + client.version());
        return recorder.refusedExchange(network, "LOGIN_REFUSED", facts)
                .onErrorComplete()
                .then(Mono.error(new GatewayException(known.code(), message, Optional.of(reference), known)));
    }
}
