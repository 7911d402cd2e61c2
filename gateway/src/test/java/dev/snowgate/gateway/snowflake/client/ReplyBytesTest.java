package dev.snowgate.gateway.snowflake.client;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class ReplyBytesTest {
    private static final int MOST = 1_000_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_536, 65_537, 300_000, MOST})
    void a_body_is_read_as_it_was_meant_each_time(int size) throws IOException {
        byte[] body = body(size);
        for (byte[] sent : List.of(body, gzip(body))) {
            for (int piece : new int[] {1 + size / 3, 1 + size}) {
                ByteSource source = collect(sent, piece, MOST + 1_000);
                assertThat(source.bytes()).isEqualTo(body);
                assertThat(source.open().readAllBytes()).as("again").isEqualTo(body);
            }
        }
    }

    @Test
    void what_is_large_when_it_is_inflated_is_not_read_where_it_came() throws IOException {
        byte[] many = gzip(new byte[300_000]);
        assertThat(many.length).isLessThan(64 * 1024);

        assertThat(reader(many)).startsWith("parallel");
        assertThat(reader(body(300_000))).startsWith("parallel");
        assertThat(reader(gzip(new byte[3_000])))
                .isEqualTo(Thread.currentThread().getName());
    }

    private static String reader(byte[] sent) {
        return ReplyBytes.collect(Flux.just(Unpooled.wrappedBuffer(sent)), MOST)
                .map(source -> Thread.currentThread().getName())
                .block();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_larger_than_accepted_is_not_read(boolean compressed) throws IOException {
        byte[] body = body(MOST + 1);
        notUnderstood(
                () -> collect(compressed ? gzip(body) : body, 50_000, MOST).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 300_000})
    void damaged_gzip_is_not_understood_wherever_it_is_damaged(int size) throws IOException {
        byte[] gzip = gzip(body(size));
        for (int cut : new int[] {2, 9, 12, gzip.length / 2, gzip.length - 9, gzip.length - 1}) {
            notUnderstood(() -> collect(Arrays.copyOf(gzip, cut), 10_000, MOST).bytes());
        }
        for (int at : new int[] {gzip.length / 2, gzip.length - 2, gzip.length - 6}) {
            byte[] damaged = gzip.clone();
            damaged[at] ^= 0x55;
            notUnderstood(() -> collect(damaged, 10_000, MOST).bytes());
        }
    }

    private static void notUnderstood(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code()).isEqualTo(GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD));
    }

    private static ByteSource collect(byte[] sent, int piece, long most) {
        List<ByteBuf> parts = new ArrayList<>();
        for (int at = 0; at < sent.length; at += piece) {
            parts.add(Unpooled.wrappedBuffer(sent, at, Math.min(piece, sent.length - at)));
        }
        return ReplyBytes.collect(Flux.fromIterable(parts), most).block();
    }

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        new Random(5).nextBytes(body);
        for (int i = 0; i < size; i++) {
            body[i] = (byte) ('a' + (body[i] & 7));
        }
        return body;
    }
}
