package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of pages that stream, in the recording. */
final class PageRecord {
    private final Recorder recorder;

    PageRecord(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * One page of a result.
     *
     * @param number the inline rows are page 0
     */
    record Page(SessionId session, StatementId statement, int number) {}

    /** The page with its beginning recorded before its first byte, and its failure with its reason. */
    Flux<byte[]> of(Page page, Flux<byte[]> body) {
        return recorder.pageStarted(page.statement(), page.number())
                .thenMany(body)
                .onErrorResume(fault -> withheld(page, fault).then(Mono.error(fault)));
    }

    /** The client's error does not wait for it in vain. */
    private Mono<Void> withheld(Page page, Throwable fault) {
        GatewayErrorCode code =
                fault instanceof GatewayException known ? known.code() : GatewayErrorCode.INTERNAL_FAULT;
        Map<String, String> facts = new TreeMap<>();
        facts.put("code", code.name());
        facts.put("page", Integer.toString(page.number()));
        if (fault instanceof GatewayException known) {
            facts.put("reason", String.valueOf(known.getMessage()));
        }
        return recorder.append(page.session(), Optional.of(page.statement()), "WITHHELD", facts)
                .onErrorComplete();
    }

    /** Completes when the page, with what was found in it, is durable; fails if it has another number of rows than announced. */
    Mono<Void> finished(Page page, StoredChunks.Part announced, ChunkWork work) {
        if (announced.rows() > 0 && work.rows() != announced.rows()) {
            return Mono.error(new ResultFault("a part of the result has another number of rows than announced"));
        }
        Mono<Void> finished = recorder.pageFinished(
                page.statement(), page.number(), work.rows(), work.bytes(), work.maskedCells(), work.digest());
        if (work instanceof PassedChunk) {
            // Whoever checks the digest of such a page must know what it is of.
            return delivered(page, Map.of("digestOf", "compressed bytes", "rows", "as announced"))
                    .then(finished);
        }
        return work.detections().isEmpty()
                ? finished
                : delivered(page, Map.of("detections", work.detections())).then(finished);
    }

    private Mono<Void> delivered(Page page, Map<String, String> what) {
        Map<String, String> facts = new TreeMap<>(what);
        facts.put("page", Integer.toString(page.number()));
        return recorder.append(page.session(), Optional.of(page.statement()), "PAGES_DELIVERED", facts);
    }
}
