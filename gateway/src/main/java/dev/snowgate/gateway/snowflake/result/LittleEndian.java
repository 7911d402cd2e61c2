package dev.snowgate.gateway.snowflake.result;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in the byte order of Arrow. */
final class LittleEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** A signed integer of 1, 2, 4 or 8 bytes. */
    static long signed(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at];
            case 2 -> (short) SHORT.get(bytes, at);
            case 4 -> intAt(bytes, at);
            default -> longAt(bytes, at);
        };
    }

    /** Writes a signed integer of 1, 2, 4 or 8 bytes; whether it fits. */
    static boolean putSigned(byte[] bytes, int at, int width, long value) {
        int unused = 64 - 8 * width;
        if (value << unused >> unused != value) {
            return false;
        }
        switch (width) {
            case 1 -> bytes[at] = (byte) value;
            case 2 -> SHORT.set(bytes, at, (short) value);
            case 4 -> putInt(bytes, at, (int) value);
            default -> putLong(bytes, at, value);
        }
        return true;
    }

    static boolean bit(byte[] bytes, int at, int index) {
        return (bytes[at + (index >> 3)] >> (index & 7) & 1) != 0;
    }

    static void setBit(byte[] bytes, int index) {
        bytes[index >> 3] |= (byte) (1 << (index & 7));
    }

    static void clearBit(byte[] bytes, int index) {
        bytes[index >> 3] &= (byte) ~(1 << (index & 7));
    }

    /** How many of so many bits are set, from a byte on. */
    static int setBits(byte[] bytes, int at, int bits) {
        int end = at + (bits >> 3);
        int count = 0;
        int i = at;
        for (; i + 8 <= end; i += 8) {
            count += Long.bitCount(longAt(bytes, i));
        }
        for (; i < end; i++) {
            count += Integer.bitCount(bytes[i] & 0xFF);
        }
        int rest = bits & 7;
        return rest == 0 ? count : count + Integer.bitCount(bytes[end] & (1 << rest) - 1);
    }

    /** Bytes that so many bits take. */
    static int bytesOfBits(int bits) {
        return (int) ((bits + 7L) >> 3);
    }

    /** The next multiple of 8. */
    static int wholeWords(int size) {
        return Math.addExact(size, 7) & ~7;
    }
}
