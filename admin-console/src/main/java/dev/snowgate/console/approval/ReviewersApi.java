package dev.snowgate.console.approval;

import dev.snowgate.model.approval.ApprovalId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The reviewers' API: the same reviews as on the page, for programs that carry a person's bearer token. Absent unless an
 * issuer for such tokens is configured.
 */
@RestController
@ConditionalOnWebApplication
@RequestMapping("/api/v1/approvals")
class ReviewersApi {
    private static final int MOST = 500;
    private final Inbox inbox;
    private final ReviewService reviews;

    ReviewersApi(Inbox inbox, ReviewService reviews) {
        this.inbox = inbox;
        this.reviews = reviews;
    }

    /** A request as programs see it. */
    record Waiting(
            String id,
            String state,
            String title,
            String agent,
            @Nullable String person,
            List<String> tags,
            Instant createdAt,
            Instant expiresAt) {
        static Waiting of(ApprovalEntry entry) {
            return new Waiting(
                    entry.id().toString(),
                    entry.state().name(),
                    entry.title(),
                    entry.agent(),
                    entry.person().orElse(null),
                    entry.tags(),
                    entry.createdAt(),
                    entry.expiresAt());
        }
    }

    /** What a reviewer says. */
    record Review(@Nullable String comment) {
        String words() {
            return comment == null ? "" : comment;
        }
    }

    /** What became of it. */
    record Answer(String outcome, String sentence) {}

    @GetMapping
    List<Waiting> waiting(@RequestParam(defaultValue = "") String search) {
        return inbox.waiting(search, MOST).stream().map(Waiting::of).toList();
    }

    @PostMapping("/{id}/approve")
    ResponseEntity<Answer> approve(@PathVariable String id, @RequestBody(required = false) @Nullable Review review) {
        return answer(id, number -> reviews.approve(number, review == null ? "" : review.words()));
    }

    @PostMapping("/{id}/deny")
    ResponseEntity<Answer> deny(@PathVariable String id, @RequestBody Review review) {
        return answer(id, number -> reviews.deny(number, review.words()));
    }

    private static ResponseEntity<Answer> answer(
            String id, java.util.function.Function<ApprovalId, ReviewOutcome> review) {
        if (!id.matches("(A-)?[0-9]{1,18}")) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .body(new Answer("NO_SUCH_REQUEST", "There is no such request."));
        }
        ReviewOutcome outcome =
                review.apply(new ApprovalId(Long.parseLong(id.startsWith("A-") ? id.substring(2) : id)));
        return switch (outcome) {
            case ReviewOutcome.Recorded recorded ->
                ResponseEntity.ok(new Answer(recorded.verdict().name(), recorded.title()));
            case ReviewOutcome.Refused refused ->
                ResponseEntity.status(status(refused.why()))
                        .body(new Answer(refused.why().name(), refused.sentence()));
        };
    }

    private static HttpStatus status(ReviewOutcome.Why why) {
        return switch (why) {
            case NO_SUCH_REQUEST -> HttpStatus.NOT_FOUND;
            case NOT_PENDING, EXPIRED -> HttpStatus.CONFLICT;
            case FOUR_EYES, REQUESTER_UNKNOWN, NOT_IN_GROUP, NOT_AN_APPROVER -> HttpStatus.FORBIDDEN;
            case COMMENT_MISSING -> HttpStatus.BAD_REQUEST;
        };
    }
}
