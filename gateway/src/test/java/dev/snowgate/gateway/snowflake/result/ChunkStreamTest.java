package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

class ChunkStreamTest {
    private static final byte[] ROWS = rows(20_000);

    @Test
    void no_step_runs_on_the_thread_that_asks_for_the_next_piece() throws Exception {
        // Given
        Set<String> threads = ConcurrentHashMap.newKeySet();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        CountDownLatch ended = new CountDownLatch(1);
        try (ChunkLane lane = new ChunkLane(1);
                ExecutorService eventLoop = Executors.newSingleThreadExecutor()) {
            Flux<byte[]> masked =
                    new ChunkStream(lane.scheduler()).stream(Flux.just(ROWS), codec(), done -> Mono.empty());
            // When
            masked.subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    eventLoop.execute(() -> request(1));
                }

                @Override
                protected void hookOnNext(byte[] piece) {
                    threads.add(Thread.currentThread().getName().replaceAll("-[0-9]+$", ""));
                    received.writeBytes(piece);
                    // Once the lane's one thread is free again, so that it can't take the request along.
                    lane.scheduler().schedule(() -> eventLoop.execute(() -> request(1)));
                }

                @Override
                protected void hookFinally(SignalType type) {
                    ended.countDown();
                }
            });
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
        // Then
        assertThat(received.toByteArray()).isEqualTo(ROWS);
        assertThat(threads).containsExactly("chunks");
    }

    @Test
    void a_client_that_leaves_ends_the_work_once_and_nothing_is_recorded_as_finished() throws Exception {
        AtomicBoolean finished = new AtomicBoolean();
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ChunkLane lane = new ChunkLane(2)) {
            new ChunkStream(lane.scheduler())
                    .stream(
                                    Flux.just(ROWS)
                                            .doOnCancel(cancelled::countDown)
                                            .concatWith(Mono.never()),
                                    codec(),
                                    done -> Mono.fromRunnable(() -> finished.set(true)))
                            .take(2)
                            .blockLast(java.time.Duration.ofSeconds(20));
        }
        assertThat(finished).isFalse();
    }

    private static ChunkCodec codec() {
        MaskPlan plan = new MaskPlan(
                List.of(
                        new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                        new MaskPlan.PlannedColumn("TEXT", Optional.empty(), "", "")),
                true);
        CellMasks cells = CellMasks.of(new Masks(new byte[32]), plan, List.of("fixed", "text"));
        return new ChunkCodec(new JsonRowMasker(cells, RowEnvelope.CHUNK), false, false, 1 << 30);
    }

    private static byte[] rows(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(i)
                    .append("\",\"some text of row ")
                    .append(i)
                    .append("\"]");
        }
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
