package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Later parts of a result that are asked for by number. */
class PartsTest {
    private final OnePart upstream = new OnePart();
    private final AgentSession session =
            PipelineFixture.standard().analysed().statement().session();

    @Test
    void a_part_is_asked_for_by_its_number_when_its_body_is_read() {
        // Given
        Flux<byte[]> body =
                parts(2).part(session, entry(), 1, NumberedPart.Nulls.TEXT).block();
        assertThat(upstream.asked).isEmpty();

        // When
        byte[] masked = Objects.requireNonNull(body).blockLast();

        // Then
        assertThat(masked).asString().isEqualTo("masked rows of part 1, nulls as TEXT");
        assertThat(upstream.asked).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 3})
    void a_number_that_no_part_has_is_unknown(int number) {
        assertThatThrownBy(() -> parts(2).part(session, entry(), number, NumberedPart.Nulls.NULL)
                        .block())
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.UNKNOWN_ID));
        assertThat(upstream.asked).isEmpty();
    }

    private Parts parts(int count) {
        StoredChunks chunks = new StoredChunks(
                Collections.nCopies(count, new StoredChunks.Part("", 1, 0, 0)),
                Map.of(),
                StoredChunks.Format.JSON,
                List.of(),
                List.of(),
                MaskPlan.none());
        return new Parts(
                upstream,
                new OneResult(session, chunks),
                (part, source) -> source.apply((encoding, bytes) -> bytes.map(piece -> ("masked "
                                + new String(piece, StandardCharsets.UTF_8) + " of part " + part.number()
                                + ", nulls as " + part.nulls())
                        .getBytes(StandardCharsets.UTF_8))));
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

    private static final class OnePart implements Upstream {
        private final List<Integer> asked = new ArrayList<>();

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
        public Flux<byte[]> partition(OwnedResult owned, int number, PartReader reader) {
            return Flux.defer(() -> {
                asked.add(number);
                return reader.read("", Flux.just("rows".getBytes(StandardCharsets.UTF_8)));
            });
        }

        @Override
        public Mono<Void> abort(AgentSession of, UUID upstreamRequestId, Optional<QueryId> queryId) {
            return Mono.empty();
        }
    }
}
