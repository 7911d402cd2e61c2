package dev.snowgate.console.command;

import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.ReviewOutcome;
import dev.snowgate.console.text.VisibleText;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a command found: a line of JSON each for programs, or sentences for people. */
record Answers(PrintStream out, boolean forPeople) {
    private static final int LONGEST = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    void waiting(List<ApprovalEntry> entries, Instant now) {
        if (forPeople && entries.isEmpty()) {
            out.println("Nothing waits.");
        }
        entries.forEach(entry -> waiting(entry, now));
    }

    private void waiting(ApprovalEntry entry, Instant now) {
        if (forPeople) {
            String who = entry.person().map(person -> " for " + person).orElse("");
            // a name may hold control characters that a terminal would obey
            out.println(entry.id() + "  " + VisibleText.line(entry.title() + "  ·  " + entry.agent() + who, LONGEST)
                    + "  ·  waits "
                    + minutes(Duration.between(entry.createdAt(), now)) + ", expires in "
                    + minutes(Duration.between(now, entry.expiresAt())));
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", entry.id().toString());
        line.put("state", entry.state().name());
        line.put("title", entry.title());
        line.put("agent", entry.agent());
        line.put("person", entry.person().orElse(null));
        line.put("tags", entry.tags());
        line.put("createdAt", entry.createdAt().toString());
        line.put("expiresAt", entry.expiresAt().toString());
        json(line);
    }

    void recorded(ReviewOutcome.Recorded review) {
        if (forPeople) {
            out.println(switch (review.verdict()) {
                        case APPROVE -> "Approved ";
                        case DENY -> "Denied ";
                    }
                    + review.id() + ": " + VisibleText.line(review.title(), LONGEST));
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", review.id().toString());
        line.put("verdict", review.verdict().name());
        line.put("title", review.title());
        json(line);
    }

    void line(String words) {
        out.println(words);
    }

    void json(Object value) {
        out.println(JSON.writeValueAsString(value));
    }

    private static String minutes(Duration time) {
        long minutes = Math.max(0, time.toMinutes());
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
