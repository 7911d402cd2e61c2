package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.RecordedEvents;
import dev.snowgate.gateway.snowflake.PartitionReply;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.ReplyBody;
import dev.snowgate.gateway.statement.ResultMasker;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Later parts of a result that are asked for by number. */
class PartsTest {
    private final RecordedEvents recorder = new RecordedEvents();
    private final AgentSession session =
            PipelineFixture.standard().analysed().statement().session();

    @Test
    void what_detectors_find_in_a_part_is_recorded_with_its_page() {
        // When
        MaskedReply part = part("card 1, email 12");

        // Then
        assertThat(part.detections()).isEqualTo("card 1, email 12");
        assertThat(recorder.kinds()).containsExactly("PAGES_DELIVERED");
        assertThat(recorder.facts()).containsExactly(Map.of("page", "1", "detections", "card 1, email 12"));
    }

    @Test
    void a_part_in_which_nothing_was_found_has_no_such_event() {
        part("");

        assertThat(recorder.kinds()).isEmpty();
    }

    private MaskedReply part(String detections) {
        StoredChunks.Part any = new StoredChunks.Part("", 1, 0, 0);
        StoredChunks chunks = new StoredChunks(
                List.of(any, any), Map.of(), StoredChunks.Format.JSON, List.of(), List.of(), MaskPlan.none());
        ReplyBody body = new PartitionReply(new byte[0]);
        Parts parts = new Parts(new OnePart(body), new OneResult(session, chunks), new Finding(detections), recorder);
        return parts.part(session, entry(), 1).block();
    }

    private LedgerEntry entry() {
        return new LedgerEntry(
                StatementId.random(),
                session.id(),
                Owner.of(session),
                Dialect.SQL_API,
                "request",
                new byte[32],
                StatementState.SUCCEEDED,
                false,
                false,
                false,
                PipelineFixture.CONTEXT,
                UUID.randomUUID(),
                Optional.of(new QueryId("01b00000-0000-0000-0000-000000000001")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(MaskPlan.none()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.empty());
    }

    private record Finding(String detections) implements ResultMasker {
        @Override
        public Mono<MaskedReply> mask(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<MaskedReply> maskDescribe(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<MaskedReply> maskPart(LedgerEntry entry, ReplyBody part, StoredChunks chunks) {
            return Mono.just(new MaskedReply(part, new byte[0], 1, 1, 1, List.of(0), detections));
        }
    }

    private record OneResult(AgentSession session, StoredChunks chunks) implements ChunkVault {
        @Override
        public Mono<Void> store(LedgerEntry entry, StoredChunks stored) {
            return Mono.empty();
        }

        @Override
        public Mono<Opened> find(StatementId statement) {
            return Mono.just(new Opened(session.id(), session.principal().agent(), chunks, OptionalLong.empty()));
        }
    }

    private record OnePart(ReplyBody body) implements Upstream {
        @Override
        public Mono<UpstreamReply> execute(ClearedStatement cleared) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<UpstreamReply> resend(ClearedStatement cleared, int retryCount) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<UpstreamReply> describe(ClearedDescribe cleared) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<UpstreamReply> reread(OwnedResult owned) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<? extends ReplyBody> partition(OwnedResult owned, int number) {
            return Mono.just(body);
        }

        @Override
        public Mono<Void> abort(AgentSession of, UUID upstreamRequestId, Optional<QueryId> queryId) {
            return Mono.empty();
        }
    }
}
