package dev.snowgate.recording;

import dev.snowgate.codec.CodecException;
import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.SessionEvent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves one session's chain from its rows in order of their sequence: no row changed, missing, added or moved, and the
 * row's own columns say what the chained bytes say. Rows can be given one by one, so that a long session needs no
 * memory. Not for use by several threads.
 */
public final class ChainVerifier {
    private final SessionId session;
    private byte[] link;
    private long seq;
    private ChainReport.@Nullable Broken broken;

    public ChainVerifier(SessionId session) {
        this.session = session;
        this.link = Sha256.genesis(session.value());
    }

    /** Checks a whole chain against the head that the database keeps. */
    public static ChainReport verify(SessionId session, List<ChainedEvent> events, long headSeq, byte[] headLink) {
        ChainVerifier verifier = new ChainVerifier(session);
        events.forEach(verifier::accept);
        return verifier.finish(headSeq, headLink);
    }

    /** Takes the next row; after the first break the rest is ignored. */
    public void accept(ChainedEvent event) {
        if (broken != null) {
            return;
        }
        String problem = problem(event);
        if (problem != null) {
            broken = new ChainReport.Broken(seq + 1, problem);
            return;
        }
        seq = event.seq();
        link = event.link();
    }

    /** The outcome, given the head that the database keeps. */
    public ChainReport finish(long headSeq, byte[] headLink) {
        if (broken != null) {
            return broken;
        }
        if (seq != headSeq) {
            return new ChainReport.Broken(seq + 1, "the chain should have " + headSeq + " events and has " + seq);
        }
        if (!Arrays.equals(link, headLink)) {
            return new ChainReport.Broken(seq, "the last link is not the one that the session's head keeps");
        }
        return new ChainReport.Verified(seq, link);
    }

    private @Nullable String problem(ChainedEvent event) {
        if (event.seq() != seq + 1) {
            return "event " + (seq + 1) + " is missing; the next one is " + event.seq();
        }
        if (!Arrays.equals(event.digest(), EncodedEvent.digest(event.body(), event.sealed()))) {
            return "the content is not what was recorded";
        }
        byte[] expected =
                new Sha256().add(link).add(event.seq()).add(event.digest()).finish();
        if (!Arrays.equals(event.link(), expected)) {
            return "the link does not follow from the one before";
        }
        return columnsProblem(event);
    }

    /** Columns are copies for queries; a copy that says something else would mislead every page that reads it. */
    private @Nullable String columnsProblem(ChainedEvent event) {
        try {
            SessionEvent recorded = Encoding.EVENT.decode(event.body());
            boolean same = recorded.session().equals(session)
                    && recorded.kind().name().equals(event.kind())
                    && recorded.at().equals(event.at())
                    && recorded.statement().map(id -> id.value()).equals(event.statement())
                    && recorded.actor().equals(event.actor());
            return same ? null : "a column of the row differs from the recorded content";
        } catch (CodecException unreadable) {
            return "the content cannot be read";
        }
    }
}
