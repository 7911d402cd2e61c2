package dev.snowgate.console.recording;

import dev.snowgate.recording.ChainReport;
import java.util.List;

/** One session with all its statements in order, and whether its chain holds. */
public record Replay(SessionSummary session, List<ReplayStep> steps, ChainReport chain, long events) {
    public Replay {
        steps = List.copyOf(steps);
    }
}
