package dev.snowgate.gateway.statement;

/** The ledger's answer to a received statement. */
public sealed interface Receipt {
    LedgerEntry entry();

    /** First of its idempotence key: it is ours to run. */
    record New(LedgerEntry entry) implements Receipt {}

    /** The same request again: join the first. */
    record Known(LedgerEntry entry) implements Receipt {}

    /** The same key with another text, other bindings or parameters: refused. */
    record Reused(LedgerEntry entry) implements Receipt {}
}
