package dev.snowgate.console.approval;

import dev.snowgate.console.text.MarkedText;
import java.util.List;
import java.util.Optional;

/**
 * Everything the card shows of one request, what the analysis says first.
 *
 * @param asRun the text as it would run, empty if its key was destroyed
 * @param asSent the text as the agent sent it
 * @param agentReason what the agent claims in its first comment, empty text if nothing
 * @param maskedColumns result columns that come back masked, with the mask's name
 * @param resultColumns number of result columns
 * @param history what was decided about this shape before
 * @param undo whether it can be undone, in plain words
 * @param standing whether this person may decide, and if not, why
 */
public record ImpactCard(
        ApprovalRequest request,
        Optional<MarkedText> asRun,
        Optional<MarkedText> asSent,
        String agentReason,
        List<Touch> touches,
        List<MaskedColumn> maskedColumns,
        int resultColumns,
        List<PastReview> history,
        String undo,
        Standing standing) {

    /** A result column and its mask. */
    public record MaskedColumn(String name, String mask) {}

    /** What the person who looks may do. */
    public sealed interface Standing {
        /** May decide. */
        record MayDecide() implements Standing {}

        /** May not; the sentence says why. */
        record MayNot(String why) implements Standing {}
    }
}
