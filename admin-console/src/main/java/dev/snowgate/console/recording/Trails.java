package dev.snowgate.console.recording;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.console.recording.Moment.Kind;
import dev.snowgate.console.recording.Moment.TrailStep;
import dev.snowgate.recording.RecordedDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a statement was decided and what followed, step by step, from its row. Pure. */
final class Trails {
    private Trails() {}

    static List<TrailStep> of(StoredMoment moment, CatalogSnapshot catalog) {
        List<TrailStep> steps = new ArrayList<>();
        Instant received = moment.step().at();
        steps.add(step(Kind.FACT, "Received", received, joined(moment.client(), moment.network())));
        Instant decided = moment.policyAt().orElse(received);
        steps.add(step(
                Kind.FACT,
                moment.analysis().problem().isPresent() ? "Not understood" : "Understood",
                decided,
                understood(moment, catalog)));
        moment.decision().ifPresent(decision -> steps.add(decision(decision, decided, moment)));
        moment.review().ifPresent(review -> steps.add(review(review)));
        moment.sentAt()
                .or(() -> ran(moment))
                .ifPresent(sent -> steps.add(step(Kind.FACT, "Ran", sent, ranNote(moment, sent))));
        if (moment.step().maskedCells() > 0) {
            steps.add(step(
                    Kind.MASKED,
                    "Masked",
                    moment.endedAt().orElse(decided),
                    moment.step().maskedCells() + " cells on the way back"));
        }
        moment.endedAt().ifPresent(at -> steps.add(end(moment, at)));
        return steps;
    }

    private static Optional<Instant> ran(StoredMoment moment) {
        return moment.queryId().isEmpty() || moment.step().verdict() == ReplayStep.Verdict.DENIED
                ? Optional.empty()
                : moment.endedAt();
    }

    private static String ranNote(StoredMoment moment, Instant sent) {
        String took = moment.endedAt()
                .filter(end -> end.isAfter(sent))
                .map(end -> String.format(
                        Locale.ROOT, "%.1f s", Duration.between(sent, end).toMillis() / 1000.0))
                .orElse("");
        String query = moment.queryId().isEmpty()
                ? ""
                : "query "
                        + moment.queryId()
                                .substring(0, Math.min(13, moment.queryId().length())) + "…";
        return joined(took, query);
    }

    private static String understood(StoredMoment moment, CatalogSnapshot catalog) {
        return moment.analysis().problem().map(problem -> problem.reason()).orElseGet(() -> {
            int objects = moment.analysis().statements().stream()
                    .mapToInt(s -> s.objects().size())
                    .sum();
            long guarded = moment.analysis().statements().stream()
                    .flatMap(s -> s.readColumns().stream())
                    .filter(column -> catalog.protection(column).isPresent())
                    .distinct()
                    .count();
            return objects
                    + (objects == 1 ? " object, " : " objects, ")
                    + guarded
                    + (guarded == 1 ? " protected column" : " protected columns");
        });
    }

    private static TrailStep decision(RecordedDecision decision, Instant at, StoredMoment moment) {
        String why = decision.rule() + (decision.reason().isBlank() ? "" : ": " + decision.reason());
        return switch (decision.effect()) {
            case ALLOW -> step(Kind.ALLOWED, "Allowed", at, why);
            case DENY -> step(Kind.DENIED, "Refused", at, why + " It did not run.");
            case REQUIRE_APPROVAL ->
                step(
                        Kind.HELD,
                        "Held",
                        at,
                        why
                                + moment.step()
                                        .waited()
                                        .filter(w -> !w.isZero())
                                        .map(w -> " Waited " + length(w) + ".")
                                        .orElse(""));
        };
    }

    private static TrailStep review(StoredMoment.Review review) {
        String by = joined(review.by(), review.groups());
        return new TrailStep(
                review.approved() ? Kind.ALLOWED : Kind.DENIED,
                review.approved() ? "Approved once" : "Denied",
                review.at(),
                by,
                Optional.of(review.comment().isBlank() ? "" : "“" + review.comment() + "”"));
    }

    private static TrailStep end(StoredMoment moment, Instant at) {
        return switch (moment.step().state()) {
            case SUCCEEDED -> step(Kind.FACT, "Returned", at, moment.step().size() + ", " + size(moment.bytes()));
            case REFUSED, DENIED -> step(Kind.FACT, "The agent was told", at, "It did not run.");
            case EXPIRED -> step(Kind.ENDED, "Expired", at, "Nobody decided in time. It did not run.");
            case ABANDONED -> step(Kind.ENDED, "Agent left", at, "It stopped asking. It did not run.");
            case CANCELLED -> step(Kind.ENDED, "Cancelled", at, "The agent took it back.");
            case OUTCOME_UNKNOWN -> step(Kind.ENDED, "Outcome unknown", at, "Snowflake may have run it.");
            case FAILED -> step(Kind.ENDED, "Failed", at, "Error " + moment.errorCode());
            case RECEIVED, CLEARED, HELD, RELEASED, SENT, STARTED -> step(Kind.FACT, "Under way", at, "");
        };
    }

    private static String size(long bytes) {
        return bytes < 1_000
                ? bytes + " B"
                : bytes < 1_000_000 ? bytes / 1_000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String length(Duration waited) {
        return String.format(Locale.ROOT, "%d:%02d", waited.toMinutes(), waited.toSecondsPart());
    }

    private static String joined(String one, String other) {
        return one.isBlank() ? other : other.isBlank() ? one : one + ", " + other;
    }

    private static TrailStep step(Kind kind, String title, Instant at, String note) {
        return new TrailStep(kind, title, at, note, Optional.empty());
    }
}
