package dev.snowgate.console.approval;

import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.approval.ReviewVerdict;

/** What became of a review. */
public sealed interface ReviewOutcome {
    /** The review counts, and the gateways were told. */
    record Recorded(ApprovalId id, ReviewVerdict verdict, String title) implements ReviewOutcome {}

    /** The review does not count; the sentence is for people. */
    record Refused(Why why, String sentence) implements ReviewOutcome {}

    /** Why a review does not count. */
    enum Why {
        NO_SUCH_REQUEST,
        NOT_PENDING,
        EXPIRED,
        FOUR_EYES,
        REQUESTER_UNKNOWN,
        NOT_IN_GROUP,
        COMMENT_MISSING,
        NOT_AN_APPROVER
    }
}
