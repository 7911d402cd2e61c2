package dev.snowgate.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Applies masks to cells in result encoding (the texts of JSON rows). Thread-safe. A mask that cannot be applied to a
 * type or to the form of a value gives null or the full redaction, never the value.
 */
public final class Masks {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final int HASH_BYTES = 16;
    private static final long MOST_CHARACTERS = 134_217_728L;

    private final ThreadLocal<Mac> macs;

    /**
     * Masks with the tenant's key for {@link MaskFunction#HASH}.
     *
     * @param tenantKey at least 16 bytes; copied
     */
    public Masks(byte[] tenantKey) {
        if (tenantKey.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("the tenant's masking key needs at least 16 bytes");
        }
        Key key = new SecretKeySpec(tenantKey.clone(), ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /**
     * The masked cell.
     *
     * @param snowflakeType logical type of the column, any case
     * @param cell cell as results carry it, null for SQL NULL, which stays null
     */
    public @Nullable String apply(Mask mask, String snowflakeType, @Nullable String cell) {
        if (cell == null) {
            return null;
        }
        CellType type = CellType.of(snowflakeType);
        return switch (mask.function()) {
            case NULL -> null;
            case REDACT -> type == CellType.TEXT ? redaction(mask) : null;
            case EMAIL -> type == CellType.TEXT ? TextMasks.email(cell) : null;
            case LAST4 -> type == CellType.TEXT ? TextMasks.lastFour(cell) : null;
            case INITIALS -> type == CellType.TEXT ? TextMasks.initials(cell) : null;
            case HASH -> hash(type, cell);
            case YEAR -> year(type, cell);
            case ROUND -> round(type, cell);
        };
    }

    /** The same for a cell in UTF-8; the answer is a new array or null. */
    public byte @Nullable [] applyUtf8(Mask mask, String snowflakeType, byte[] cell, int offset, int length) {
        String masked = producesNull(mask, snowflakeType)
                ? null
                : apply(mask, snowflakeType, new String(cell, offset, length, StandardCharsets.UTF_8));
        return masked == null ? null : masked.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether every cell of that type becomes null under the mask. */
    public boolean producesNull(Mask mask, String snowflakeType) {
        CellType type = CellType.of(snowflakeType);
        return switch (mask.function()) {
            case NULL -> true;
            case REDACT, EMAIL, LAST4, INITIALS -> type != CellType.TEXT;
            case HASH -> type != CellType.TEXT && type != CellType.BINARY;
            case YEAR -> type != CellType.DATE && type != CellType.TIMESTAMP && type != CellType.TIMESTAMP_TZ;
            case ROUND -> type != CellType.FIXED && type != CellType.REAL && type != CellType.DECFLOAT;
        };
    }

    /** What the result must say of a column once it is masked: never smaller than the mask's longest answer. */
    public MaskedType typeAfter(Mask mask, MaskedType before) {
        boolean text = CellType.of(before.type()) == CellType.TEXT;
        boolean mayBeNull = before.nullable() || producesNull(mask, before.type()) || !text;
        long least = switch (mask.function()) {
            case NULL, YEAR, ROUND -> 0;
            case REDACT -> redaction(mask).codePointCount(0, redaction(mask).length());
            case EMAIL -> Math.max(TextMasks.REDACTED.length(), orZero(before.length()) + 3);
            case LAST4 -> 8;
            case INITIALS -> Math.max(TextMasks.REDACTED.length(), 3 * TextMasks.MAX_INITIALS);
            case HASH -> text ? 2 * HASH_BYTES : HASH_BYTES;
        };
        boolean sized = !producesNull(mask, before.type());
        Long length = sized && before.length() != null ? (Long) atLeast(before.length(), least) : before.length();
        Long bytes = sized && before.byteLength() != null
                ? (Long) atLeast(before.byteLength(), text ? 4 * least : least)
                : before.byteLength();
        Integer precision = before.precision();
        if (precision != null && sized && mask.function() == MaskFunction.ROUND) {
            precision = Math.min(38, precision + 1);
        }
        return new MaskedType(before.type(), mayBeNull, length, bytes, precision, before.scale());
    }

    private static long atLeast(long size, long least) {
        return Math.max(size, Math.min(least, MOST_CHARACTERS));
    }

    private static long orZero(@Nullable Long size) {
        return size == null ? 0 : size;
    }

    private static String redaction(Mask mask) {
        return mask.argument().isEmpty() ? TextMasks.REDACTED : mask.argument();
    }

    private @Nullable String hash(CellType type, String cell) {
        return switch (type) {
            case TEXT -> HexFormat.of().formatHex(digest(cell), 0, HASH_BYTES);
            case BINARY -> HexFormat.of().withUpperCase().formatHex(digest(cell), 0, HASH_BYTES);
            case FIXED, REAL, DECFLOAT, DATE, TIMESTAMP, TIMESTAMP_TZ, OTHER -> null;
        };
    }

    private byte[] digest(String cell) {
        return macs.get().doFinal(cell.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String year(CellType type, String cell) {
        return switch (type) {
            case DATE -> YearMasks.date(cell);
            case TIMESTAMP -> YearMasks.timestamp(cell, 0);
            case TIMESTAMP_TZ -> YearMasks.timestampWithZone(cell);
            case TEXT, FIXED, REAL, DECFLOAT, BINARY, OTHER -> null;
        };
    }

    private static @Nullable String round(CellType type, String cell) {
        return switch (type) {
            case FIXED -> NumberMasks.fixed(cell);
            case REAL -> NumberMasks.real(cell);
            case DECFLOAT -> NumberMasks.decfloat(cell);
            case TEXT, DATE, TIMESTAMP, TIMESTAMP_TZ, BINARY, OTHER -> null;
        };
    }

    private static Mac mac(Key key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
