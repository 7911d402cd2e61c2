package dev.snowgate.model.approval;

/** The number of an approval request as people say it: {@code A-17}. */
public record ApprovalId(long value) {
    @Override
    public String toString() {
        return "A-" + value;
    }
}
