package dev.snowgate.masking;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.crypto.Mac;

/**
 * {@link HashMask} on bytes.
 *
 * @param bytes of the digest that are shown
 * @param digits sixteen of them: small in texts, capital in binary columns
 */
record Utf8Hash(Supplier<Mac> macs, int bytes, byte[] digits) implements Utf8Mask {
    static final byte[] SMALL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final byte[] CAPITAL = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        return mask(macs.get(), cell, from, end, out, to);
    }

    @Override
    public int most(int length) {
        return 2 * bytes;
    }

    @Override
    public boolean writeAll(Utf8Column column) {
        Mac mac = macs.get();
        int[] ends = column.ends;
        int to = 0;
        for (int row = 0; row < column.rows; row++) {
            if (column.isValid(row)) {
                to = mask(mac, column.bytes, column.data + ends[row], column.data + ends[row + 1], column.out, to);
            }
            column.outEnds[row + 1] = to;
        }
        return true;
    }

    private int mask(Mac mac, byte[] cell, int from, int end, byte[] out, int to) {
        mac.update(cell, from, end - from);
        byte[] digest = mac.doFinal();
        for (int i = 0; i < bytes; i++) {
            out[to + 2 * i] = digits[digest[i] >> 4 & 15];
            out[to + 2 * i + 1] = digits[digest[i] & 15];
        }
        return to + 2 * bytes;
    }
}
