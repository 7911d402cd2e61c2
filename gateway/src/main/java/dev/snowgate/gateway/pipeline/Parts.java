package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.ReplyBody;
import dev.snowgate.gateway.statement.ResultMasker;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.model.statement.StatementState;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Later parts of a result that are asked for by number: masked with the plan that the first page was masked with. */
final class Parts {
    private final Upstream upstream;
    private final ChunkVault vault;
    private final ResultMasker masker;
    private final Recorder recorder;

    Parts(Upstream upstream, ChunkVault vault, ResultMasker masker, Recorder recorder) {
        this.upstream = upstream;
        this.vault = vault;
        this.masker = masker;
        this.recorder = recorder;
    }

    Mono<MaskedReply> part(AgentSession session, LedgerEntry entry, int number) {
        if (entry.state() != StatementState.SUCCEEDED) {
            return Mono.error(unknown(entry));
        }
        return vault.find(entry.id())
                .filter(opened -> number > 0 && number < opened.chunks().parts().size())
                .switchIfEmpty(Mono.error(() -> unknown(entry)))
                .flatMap(opened -> fetch(session, entry, number, opened.chunks()));
    }

    private Mono<MaskedReply> fetch(AgentSession session, LedgerEntry entry, int number, StoredChunks chunks) {
        return recorder.pageStarted(entry.id(), number)
                .then(Mono.<ReplyBody>defer(() -> upstream.partition(OwnedResult.of(session, entry), number)
                        .cast(ReplyBody.class)))
                .flatMap(body -> masker.maskPart(entry, body, chunks))
                .flatMap(part -> detected(entry, number, part).then(Mono.defer(() -> recorded(entry, number, part))));
    }

    /** What was found in a part is recorded before the part leaves. */
    private Mono<Void> detected(LedgerEntry entry, int number, MaskedReply part) {
        return part.detections().isEmpty()
                ? Mono.empty()
                : recorder.append(
                        entry.session(),
                        Optional.of(entry.id()),
                        "PAGES_DELIVERED",
                        Map.of("page", Integer.toString(number), "detections", part.detections()));
    }

    private Mono<MaskedReply> recorded(LedgerEntry entry, int number, MaskedReply part) {
        return recorder.pageFinished(
                        entry.id(), number, part.rows(), part.page().length, part.maskedCells(), digest(part.page()))
                .thenReturn(part);
    }

    private static byte[] digest(byte[] page) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(page);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static GatewayException unknown(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.UNKNOWN_ID,
                "The statement has no part with this number.",
                Optional.of(entry.id()),
                null);
    }
}
