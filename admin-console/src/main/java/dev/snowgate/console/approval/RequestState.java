package dev.snowgate.console.approval;

/** Where an approval request is, as people see it. */
public enum RequestState {
    PENDING("Held"),
    APPROVED("Approved"),
    USED("Approved"),
    DENIED("Denied"),
    EXPIRED("Expired"),
    WITHDRAWN("Withdrawn");

    private final String word;

    RequestState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
