package dev.snowgate.console.approval;

/** The words that the agent reads after a denial; the page previews exactly these. */
public final class AgentMessage {
    private AgentMessage() {}

    /** As the gateway writes it from the stored review: who denied, and their words. */
    public static String denied(String reviewer, String comment) {
        return "Denied by " + reviewer + ": " + comment.strip();
    }
}
