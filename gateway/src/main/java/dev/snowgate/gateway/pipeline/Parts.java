package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.PartMasker;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.model.statement.StatementState;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Later parts of a result that are asked for by number: masked, as they stream by, with the plan that the first page was masked with. */
final class Parts {
    private final Upstream upstream;
    private final ChunkVault vault;
    private final PartMasker masker;

    Parts(Upstream upstream, ChunkVault vault, PartMasker masker) {
        this.upstream = upstream;
        this.vault = vault;
        this.masker = masker;
    }

    /** The masked part; nothing of it is fetched before its body is subscribed to. */
    Mono<Flux<byte[]>> part(AgentSession session, LedgerEntry entry, int number, NumberedPart.Nulls nulls) {
        if (entry.state() != StatementState.SUCCEEDED) {
            return Mono.error(unknown(entry));
        }
        return vault.find(entry.id())
                .filter(opened -> number > 0 && number < opened.chunks().parts().size())
                .switchIfEmpty(Mono.error(() -> unknown(entry)))
                .map(opened -> body(session, new NumberedPart(entry, opened, number, nulls)));
    }

    private Flux<byte[]> body(AgentSession session, NumberedPart part) {
        OwnedResult owned = OwnedResult.of(session, part.entry());
        return masker.mask(part, reader -> upstream.partition(owned, part.number(), reader));
    }

    private static GatewayException unknown(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.UNKNOWN_ID,
                "The statement has no part with this number.",
                Optional.of(entry.id()),
                null);
    }
}
