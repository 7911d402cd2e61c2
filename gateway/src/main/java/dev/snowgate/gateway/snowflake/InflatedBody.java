package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A request body without its compression. Drivers compress with or without saying so in a header, so the first two bytes count
 * as much as {@code Content-Encoding}.
 */
public final class InflatedBody {
    /** Below this size no ratio is suspicious. */
    private static final int RATIO_COUNTS_FROM = 1 << 20;

    private static final int STEP = 64 * 1024;

    private InflatedBody() {}

    /**
     * The bytes after inflating.
     *
     * @param encoding the {@code Content-Encoding} header
     * @param mostBytes limit of the result
     * @param mostRatio how many bytes one compressed byte may become
     */
    public static byte[] of(byte[] wire, Optional<String> encoding, int mostBytes, int mostRatio) {
        boolean declared =
                encoding.map(String::strip).filter("gzip"::equalsIgnoreCase).isPresent();
        boolean marked = wire.length >= 2 && wire[0] == 0x1f && wire[1] == (byte) 0x8b;
        if (!declared
                && encoding.map(String::strip)
                        .filter(text -> !text.isEmpty() && !text.equalsIgnoreCase("identity"))
                        .isPresent()) {
            throw new GatewayException(
                    GatewayErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body's Content-Encoding is not supported. Use gzip or none.");
        }
        if (!marked && declared && wire.length > 0) {
            throw malformed();
        }
        if (!marked) {
            return within(wire, mostBytes);
        }
        try {
            return inflate(wire, mostBytes, mostRatio);
        } catch (IOException e) {
            throw malformed();
        }
    }

    private static byte[] inflate(byte[] wire, int mostBytes, int mostRatio) throws IOException {
        long most = Math.min(mostBytes, Math.max(RATIO_COUNTS_FROM, (long) wire.length * mostRatio));
        GrowingBytes inflated = new GrowingBytes(Math.min((int) most, Math.max(STEP, wire.length * 4)));
        byte[] step = new byte[STEP];
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(wire), STEP)) {
            for (int read = gzip.read(step); read >= 0; read = gzip.read(step)) {
                if (inflated.size() + (long) read > most) {
                    throw tooLarge();
                }
                inflated.add(step, read);
            }
        }
        return inflated.toArray();
    }

    private static byte[] within(byte[] body, int mostBytes) {
        if (body.length > mostBytes) {
            throw tooLarge();
        }
        return body;
    }

    /** The fault for a body beyond a limit. */
    public static GatewayException tooLarge() {
        return new GatewayException(
                GatewayErrorCode.BODY_TOO_LARGE, "The request's body is too large. Send fewer bound values at a time.");
    }

    private static GatewayException malformed() {
        return new GatewayException(
                GatewayErrorCode.MALFORMED_REQUEST, "The request's body says to be gzip but cannot be decompressed.");
    }
}
