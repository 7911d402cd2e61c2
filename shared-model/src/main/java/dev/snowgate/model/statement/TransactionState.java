package dev.snowgate.model.statement;

/** What is known of the transaction of an upstream session. */
public enum TransactionState {
    NONE,
    OPEN,
    UNKNOWN
}
