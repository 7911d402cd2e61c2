package dev.snowgate.model.agent;

/** The stable name under which an agent is registered, such as {@code support-copilot}. */
public record AgentId(String value) {
    public AgentId {
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("an agent id has 1 to 200 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
