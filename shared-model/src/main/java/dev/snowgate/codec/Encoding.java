package dev.snowgate.codec;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.OutputColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The canonical encoding of one type. Bytes carry the type's name and version, so that bytes of one type are never read
 * as another; unknown or missing fields are an error.
 *
 * @param <T> the type
 */
public final class Encoding<T> {
    public static final Encoding<SessionContext> SESSION_CONTEXT = new Encoding<>("context", 2, SessionContext.class);
    public static final Encoding<RecordedAnalysis> ANALYSIS = new Encoding<>("analysis", 3, RecordedAnalysis.class);
    public static final Encoding<RecordedDecision> DECISION = new Encoding<>("decision", 3, RecordedDecision.class);
    public static final Encoding<MaskPlan> MASK_PLAN = new Encoding<>("mask-plan", 2, MaskPlan.class);
    public static final Encoding<CatalogObject> CATALOG_OBJECT =
            new Encoding<>("catalog-object", 3, CatalogObject.class);
    public static final Encoding<SessionEvent> EVENT = new Encoding<>("event", 1, SessionEvent.class);
    /** Holds literals: its bytes are to be sealed. */
    public static final Encoding<StatementText> STATEMENT_TEXT =
            new Encoding<>("statement-text", 1, StatementText.class);
    /** The lineage of a finished query, for statements that read its result again. */
    public static final Encoding<Output> OUTPUT = new Encoding<>("output", 1, Output.class);

    private final String name;
    private final int version;
    private final Class<T> type;

    private Encoding(String name, int version, Class<T> type) {
        this.name = name;
        this.version = version;
        this.type = type;
    }

    /** An encoding for another record of the project, such as a program's own sealed values. */
    public static <T extends Record> Encoding<T> of(String name, Class<T> type) {
        return of(name, 1, type);
    }

    /** The same in a later version; documents of earlier ones that hold records of this module are completed. */
    public static <T extends Record> Encoding<T> of(String name, int version, Class<T> type) {
        return new Encoding<>(name, version, type);
    }

    /** The canonical bytes. */
    public byte[] encode(T value) {
        return CanonicalJson.write(name, version, value);
    }

    /** The canonical bytes as text, for facts of events. */
    public String encodeText(T value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /**
     * The value of canonical bytes.
     *
     * @throws CodecException if they are of another type or version, or malformed
     */
    public T decode(byte[] bytes) {
        return CanonicalJson.read(name, version, type, bytes);
    }

    /** The value of a text made by {@link #encodeText}. */
    public T decodeText(String text) {
        return decode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Output columns as a document of their own. */
    public record Output(List<OutputColumn> columns) {
        public Output {
            columns = List.copyOf(columns);
        }
    }
}
