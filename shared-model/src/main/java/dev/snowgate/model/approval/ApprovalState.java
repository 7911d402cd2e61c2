package dev.snowgate.model.approval;

import dev.snowgate.model.agent.PersonId;
import java.time.Instant;

/** The states of an approval request; each offers only its legal transitions. */
public sealed interface ApprovalState {
    /** Waits for reviewers until it expires. */
    record Pending(Instant expiresAt) implements ApprovalState {
        /** Enough reviewers agreed. */
        public Approved approve(PersonId by, Instant at) {
            return new Approved(by, at);
        }

        /** One reviewer said no: that ends it. */
        public Denied deny(PersonId by, String comment, Instant at) {
            return new Denied(by, comment, at);
        }

        /** Nobody decided in time. */
        public Expired expire(Instant at) {
            return new Expired(at);
        }

        /** What was to be reviewed changed or ended. */
        public Withdrawn withdraw(String why, Instant at) {
            return new Withdrawn(why, at);
        }
    }

    /** Approved; the grant may be used once. */
    record Approved(PersonId by, Instant at) implements ApprovalState {
        /** The grant was used up. */
        public Used use(Instant usedAt) {
            return new Used(by, at, usedAt);
        }
    }

    record Used(PersonId by, Instant approvedAt, Instant usedAt) implements ApprovalState {}

    record Denied(PersonId by, String comment, Instant at) implements ApprovalState {}

    record Expired(Instant at) implements ApprovalState {}

    /** Ended without a verdict: cancelled, abandoned, superseded. */
    record Withdrawn(String why, Instant at) implements ApprovalState {}
}
