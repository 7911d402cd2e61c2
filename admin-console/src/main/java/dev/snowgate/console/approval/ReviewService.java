package dev.snowgate.console.approval;

import dev.snowgate.console.approval.ReviewOutcome.Refused;
import dev.snowgate.console.approval.ReviewOutcome.Why;
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Person;
import dev.snowgate.console.security.Roles;
import dev.snowgate.db.SqlStates;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.approval.ReviewVerdict;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one class through which reviews are made, by whichever door: page, reviewers' API or command. It checks role, four
 * eyes, group and state, and the database checks them again. The review, its event in the session's chain and the word to
 * the gateways are one transaction.
 */
@Service
public class ReviewService {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewService.class);
    private final ApprovalStore store;
    private final ConsoleEventStore events;
    private final CurrentPerson current;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ReviewService(
            ApprovalStore store,
            ConsoleEventStore events,
            CurrentPerson current,
            TransactionTemplate transactions,
            Clock clock) {
        this.store = store;
        this.events = events;
        this.current = current;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Lets exactly this statement run once. The comment may be empty. */
    @PreAuthorize("hasRole('" + Roles.APPROVER + "')")
    public ReviewOutcome approve(ApprovalId id, String comment) {
        return review(id, ReviewVerdict.APPROVE, comment.strip());
    }

    /** Ends the hold for everyone; the agent reads the comment. */
    @PreAuthorize("hasRole('" + Roles.APPROVER + "')")
    public ReviewOutcome deny(ApprovalId id, String comment) {
        return review(id, ReviewVerdict.DENY, comment.strip());
    }

    private ReviewOutcome review(ApprovalId id, ReviewVerdict verdict, String comment) {
        Person reviewer = current.require();
        Optional<ApprovalRequest> found = store.find(id);
        if (found.isEmpty()) {
            return new Refused(Why.NO_SUCH_REQUEST, "There is no request " + id + ".");
        }
        ApprovalRequest request = found.get();
        Optional<Refused> refused = ReviewRules.person(request, reviewer)
                .or(() -> ReviewRules.state(request, ZoneId.systemDefault()))
                .or(() -> ReviewRules.verdict(request, verdict, comment));
        if (refused.isPresent()) {
            return refused.get();
        }
        return record(request, reviewer, verdict, comment);
    }

    private ReviewOutcome record(ApprovalRequest request, Person reviewer, ReviewVerdict verdict, String comment) {
        try {
            transactions.executeWithoutResult(transaction -> {
                store.insertReview(request.id(), reviewer, verdict, comment);
                store.announce(request.id(), request.statement());
                events.append(event(request, reviewer, verdict, comment));
            });
        } catch (DataAccessException fault) {
            return refusal(request.id(), fault);
        }
        LOG.atInfo()
                .setMessage("review recorded")
                .addKeyValue("approval", request.id().toString())
                .addKeyValue("statementId", request.statement().toString())
                .addKeyValue("verdict", verdict.name())
                .log();
        return new ReviewOutcome.Recorded(request.id(), verdict, request.entry().title());
    }

    private SessionEvent event(ApprovalRequest request, Person reviewer, ReviewVerdict verdict, String comment) {
        Map<String, String> facts = new TreeMap<>(Map.of(
                "approval", request.id().toString(),
                "verdict", verdict.name(),
                "reviewer", reviewer.name(),
                "groups", String.join(",", reviewer.groups().stream().sorted().toList())));
        if (!comment.isEmpty()) {
            facts.put("comment", comment);
        }
        return SessionEvent.of(
                request.session(),
                request.statement(),
                EventKind.REVIEWED,
                clock.instant(),
                reviewer.id().claim(),
                facts);
    }

    /** The database said no: somebody was faster, time ran out, or a rule of its own. Anything else is a fault. */
    private ReviewOutcome refusal(ApprovalId id, DataAccessException fault) {
        String state = fault.getMostSpecificCause() instanceof SQLException sql && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
        Why why = switch (state) {
            case SqlStates.NO_SUCH_REQUEST -> Why.NO_SUCH_REQUEST;
            case SqlStates.NOT_PENDING -> Why.NOT_PENDING;
            case SqlStates.EXPIRED -> Why.EXPIRED;
            case SqlStates.FOUR_EYES -> Why.FOUR_EYES;
            case SqlStates.REQUESTER_UNKNOWN -> Why.REQUESTER_UNKNOWN;
            case SqlStates.NOT_IN_GROUP -> Why.NOT_IN_GROUP;
            case SqlStates.COMMENT_MISSING -> Why.COMMENT_MISSING;
            default -> throw fault;
        };
        String sentence = store.find(id)
                .flatMap(now -> ReviewRules.state(now, ZoneId.systemDefault()))
                .map(Refused::sentence)
                .orElse("The database refused this review: " + words(why) + ".");
        return new Refused(why, sentence);
    }

    private static String words(Why why) {
        return switch (why) {
            case NO_SUCH_REQUEST -> "there is no such request";
            case NOT_PENDING -> "it was decided before";
            case EXPIRED -> "it expired";
            case FOUR_EYES -> "nobody decides a request of their own";
            case REQUESTER_UNKNOWN -> "nobody knows for whom the agent acts";
            case NOT_IN_GROUP -> "another group decides it";
            case COMMENT_MISSING -> "a denial needs a comment";
            case NOT_AN_APPROVER -> "deciding needs the role approver";
        };
    }
}
