package dev.snowgate.model.approval;

/** What a reviewer said. */
public enum ReviewVerdict {
    APPROVE,
    DENY
}
