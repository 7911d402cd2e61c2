package dev.snowgate.masking;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Applies masks to cells in result encoding (the texts of JSON rows). Thread-safe. A mask that cannot be applied to a
 * type or to the form of a value gives null or the full redaction, never the value.
 */
public final class Masks {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final long MOST_CHARACTERS = 134_217_728L;

    private static final int MOST_READY = 10_000;

    private final ThreadLocal<Mac> macs;
    private final Map<Mask, CellMask> ready = new ConcurrentHashMap<>();

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
        return apply(mask, snowflakeType, cell, new DetectionCounts());
    }

    /**
     * The same, adding what detectors found to {@code counts}. Where a detection finds nothing, the answer is the very
     * cell that was given.
     */
    public @Nullable String apply(Mask mask, String snowflakeType, @Nullable String cell, DetectionCounts counts) {
        if (cell == null) {
            return null;
        }
        CellMask ready = ready(mask);
        CellType type = CellType.of(snowflakeType);
        return ready.keeps(type) ? ready.apply(type, cell, counts) : null;
    }

    /** The mask of a column of that type, for all of its cells. */
    public ColumnMask column(Mask mask, String snowflakeType) {
        return new ColumnMask(ready(mask), CellType.of(snowflakeType));
    }

    /** Whether every cell of that type becomes null under the mask. */
    public boolean producesNull(Mask mask, String snowflakeType) {
        return !ready(mask).keeps(CellType.of(snowflakeType));
    }

    /**
     * Whether columns of that type are none of the mask's business, so that their cells need not be looked at: only the
     * second net on types that hold no text.
     */
    public boolean leaves(Mask mask, String snowflakeType) {
        return ready(mask).leaves(CellType.of(snowflakeType));
    }

    /** What the result must say of a column once it is masked: never smaller than the mask's longest answer. */
    public MaskedType typeAfter(Mask mask, MaskedType before) {
        CellMask ready = ready(mask);
        CellType type = CellType.of(before.type());
        if (ready.leaves(type)) {
            return before;
        }
        if (!ready.keeps(type)) {
            return new MaskedType(
                    before.type(), true, before.length(), before.byteLength(), before.precision(), before.scale());
        }
        boolean text = type == CellType.TEXT;
        long most = Math.min(ready.mostCharacters(type, orZero(before.length())), MOST_CHARACTERS);
        Long length = before.length() == null ? null : (Long) Math.max(before.length(), most);
        Long bytes = before.byteLength() == null
                ? null
                : (Long) Math.max(before.byteLength(), text ? Math.min(4 * most, MOST_CHARACTERS) : most);
        boolean number = type == CellType.FIXED;
        Integer precision = before.precision() == null || !number
                ? before.precision()
                : (Integer) Math.max(
                        before.precision(),
                        ready.mostDigits(before.precision(), before.scale() == null ? 0 : before.scale()));
        boolean alwaysText = text && !(ready instanceof JsonPathMask);
        return new MaskedType(
                before.type(), before.nullable() || !alwaysText, length, bytes, precision, before.scale());
    }

    private static long orZero(@Nullable Long size) {
        return size == null ? 0 : size;
    }

    private CellMask ready(Mask mask) {
        CellMask known = ready.get(mask);
        if (known != null) {
            return known;
        }
        CellMask made = make(mask);
        if (ready.size() < MOST_READY) {
            ready.put(mask, made);
        }
        return made;
    }

    /** An argument that its function does not understand must not show anything. */
    private CellMask make(Mask mask) {
        try {
            return switch (mask.function()) {
                case NULL -> CellMask.AlwaysNull.ONLY;
                case REDACT -> TextMask.redact(mask.argument().isEmpty() ? TextMasks.REDACTED : mask.argument());
                case EMAIL -> TextMask.email();
                case LAST4 -> TextMask.lastFour();
                case INITIALS -> TextMask.initials();
                case HASH -> new HashMask(macs::get);
                case YEAR -> new DateMask(DateMask.Period.YEAR);
                case MONTH -> new DateMask(DateMask.Period.MONTH);
                case ROUND -> RoundMask.of(mask.argument());
                case BUCKET -> BucketMask.of(mask.argument());
                case PARTIAL -> PartialMask.of(mask.argument());
                case PHONE -> PhoneMask.of(mask.argument());
                case IP -> TextMask.ip();
                case JSON_PATH -> JsonPathMask.of(JsonPaths.of(mask.argument()));
                case DETECT -> DetectMask.of(Detection.of(mask.argument()), Set.of());
                case SCAN -> net(Net.of(mask.argument()));
            };
        } catch (IllegalArgumentException | JacksonException unreadable) {
            return CellMask.AlwaysNull.ONLY;
        }
    }

    private static CellMask net(Net net) {
        return DetectMask.of(net.detection(), net.kinds());
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
