package dev.snowgate.console.security;

/** The three roles of the console. Reading is open to each of them; deciding is not. */
public final class Roles {
    /** Operates the console: publishes policies, suspends agents. */
    public static final String ADMIN = "ADMIN";
    /** Decides held statements. */
    public static final String APPROVER = "APPROVER";
    /** Reads recordings. */
    public static final String AUDITOR = "AUDITOR";

    private Roles() {}
}
