package dev.snowgate.db;

/**
 * The SQLSTATEs that constraints and functions of the schema raise, so that programs can tell a lost race or a refused
 * review from a fault. Their numbers never change.
 */
public final class SqlStates {
    /** A review of a request that does not exist. */
    public static final String NO_SUCH_REQUEST = "SG001";
    /** A review of a request that somebody decided, used or ended before. */
    public static final String NOT_PENDING = "SG002";
    /** A review or a use after the request's expiry. */
    public static final String EXPIRED = "SG003";
    /** A review by the requester or by an owner of the agent. */
    public static final String FOUR_EYES = "SG004";
    /** An approval of a request of which nobody knows the requester. */
    public static final String REQUESTER_UNKNOWN = "SG005";
    /** A review by somebody outside the group that approves. */
    public static final String NOT_IN_GROUP = "SG006";
    /** A denial without a comment. */
    public static final String COMMENT_MISSING = "SG007";
    /** A step that the life of a session, statement, request or version does not have. */
    public static final String ILLEGAL_STEP = "SG010";
    /** An event that this program does not record. */
    public static final String EVENT_NOT_ALLOWED = "SG011";
    /** A session or page that does not exist, or a count out of range. */
    public static final String UNKNOWN = "SG012";
    /** A release, use or decision without the approval or review that it needs. */
    public static final String NOT_APPROVED = "SG013";
    /** A change of something that is fixed: decisions of sent statements, published policies. */
    public static final String FIXED = "SG014";
    /** PostgreSQL's own: a right that the program does not have. */
    public static final String NO_RIGHT = "42501";
    /** PostgreSQL's own: the key exists, for instance a repeated request id. */
    public static final String DUPLICATE = "23505";

    private SqlStates() {}
}
