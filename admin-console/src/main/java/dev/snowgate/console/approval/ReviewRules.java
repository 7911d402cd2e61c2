package dev.snowgate.console.approval;

import dev.snowgate.console.approval.ReviewOutcome.Refused;
import dev.snowgate.console.approval.ReviewOutcome.Why;
import dev.snowgate.console.security.Person;
import dev.snowgate.console.security.Roles;
import dev.snowgate.model.approval.ReviewVerdict;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Who may decide what. The database checks the same again; here the answers have words. Pure. */
final class ReviewRules {
    static final int LONGEST_COMMENT = 2_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private ReviewRules() {}

    /** Why this person can never decide this request, whatever its state. */
    static Optional<Refused> person(ApprovalRequest request, Person person) {
        if (!person.has(Roles.APPROVER)) {
            return refused(Why.NOT_AN_APPROVER, "You read here: deciding needs the role approver.");
        }
        String claim = person.id().claim();
        if (request.entry().person().map(requester -> same(requester, claim)).orElse(false)) {
            return refused(Why.FOUR_EYES, "This statement runs for you, so somebody else decides.");
        }
        if (request.owners().stream().anyMatch(owner -> same(owner, claim))) {
            return refused(Why.FOUR_EYES, "You own this agent, so somebody else decides.");
        }
        if (!request.approverGroup().isEmpty() && !person.groups().contains(request.approverGroup())) {
            return refused(Why.NOT_IN_GROUP, "Members of " + request.approverGroup() + " decide this.");
        }
        return Optional.empty();
    }

    /** Why the request takes no decision any more. */
    static Optional<Refused> state(ApprovalRequest request, ZoneId zone) {
        return switch (request.entry().state()) {
            case PENDING -> Optional.empty();
            case EXPIRED ->
                refused(Why.EXPIRED, "It expired at " + time(request.entry().expiresAt(), zone) + ". It did not run.");
            case APPROVED, USED, DENIED -> refused(Why.NOT_PENDING, decided(request, zone));
            case WITHDRAWN -> refused(Why.NOT_PENDING, "The agent no longer asks for it. It did not run.");
        };
    }

    static Optional<Refused> verdict(ApprovalRequest request, ReviewVerdict verdict, String comment) {
        if (comment.length() > LONGEST_COMMENT) {
            return refused(Why.COMMENT_MISSING, "A comment has at most 2,000 characters.");
        }
        if (verdict == ReviewVerdict.DENY && comment.isBlank()) {
            return refused(Why.COMMENT_MISSING, "Denying needs a comment: the agent reads it.");
        }
        if (verdict == ReviewVerdict.APPROVE && request.requesterUnknown()) {
            return refused(
                    Why.REQUESTER_UNKNOWN,
                    "Nobody knows for whom this agent acts, so it cannot be approved, only denied.");
        }
        return Optional.empty();
    }

    private static String decided(ApprovalRequest request, ZoneId zone) {
        return request.entry()
                .decided()
                .map(decided ->
                        decided.by() + " " + request.entry().state().word().toLowerCase(Locale.ROOT) + " this at "
                                + time(decided.at(), zone) + ". Your decision was not needed.")
                .orElse("It was decided. Your decision was not needed.");
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    private static boolean same(String one, String other) {
        return one.strip().equalsIgnoreCase(other.strip());
    }

    private static Optional<Refused> refused(Why why, String sentence) {
        return Optional.of(new Refused(why, sentence));
    }
}
