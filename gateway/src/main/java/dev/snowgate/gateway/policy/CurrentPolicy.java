package dev.snowgate.gateway.policy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.policy.PolicyException;
import dev.snowgate.policy.PolicySet;
import dev.snowgate.policy.PolicySource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one compiled policy set that decides. Until one is loaded nothing is decided. Reloading is idempotent and cheap where the
 * version is the same; a set that does not compile leaves the running one in force and is named as this replica's problem.
 */
public final class CurrentPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentPolicy.class);
    private final PolicyStore store;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, 0, null));

    public CurrentPolicy(PolicyStore store) {
        this.store = store;
    }

    /** The set in force; {@code POLICY_UNAVAILABLE} before any was loaded. */
    public PolicySet current() {
        PolicySet set = state.get().set();
        if (set == null) {
            throw new GatewayException(
                    GatewayErrorCode.POLICY_UNAVAILABLE,
                    "No policy is in force, so no statement is run. An administrator has to publish one.");
        }
        return set;
    }

    /** Version of the set in force. */
    public Optional<Long> version() {
        return Optional.ofNullable(state.get().set()).map(PolicySet::version);
    }

    /** Why the published version was not taken over, if it was not. */
    public Optional<String> problem() {
        return Optional.ofNullable(state.get().problem());
    }

    /** Takes over the published version if it is another than the one in force. Two at a time do no harm: the last one wins. */
    public Mono<Void> reload() {
        return store.findActive()
                .filter(version -> version != state.get().seen())
                .flatMap(version -> store.files(version)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(files -> takeOver(version, files)))
                .then();
    }

    private void takeOver(long version, List<PolicySource> files) {
        try {
            PolicySet set = PolicySet.compile(version, files);
            state.set(new State(set, version, null));
            LOG.atInfo().addKeyValue("policyVersion", version).log("A policy version came into force");
        } catch (PolicyException broken) {
            PolicySet running = state.get().set();
            state.set(new State(running, version, broken.getMessage()));
            LOG.atError()
                    .addKeyValue("policyVersion", version)
                    .addKeyValue("running", running == null ? 0 : running.version())
                    .addKeyValue("problems", broken.problems().size())
                    .log("The published policy version does not compile; the running one stays in force");
        }
    }

    /**
     * @param set in force
     * @param seen the version that was looked at last, whether or not it compiled
     */
    private record State(
            @Nullable PolicySet set, long seen, @Nullable String problem) {}
}
