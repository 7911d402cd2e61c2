package dev.snowgate.db;

/** The version of the schema that this build was made for. Programs compare it at start and never migrate. */
public final class SchemaVersion {
    /** Number of the newest migration. */
    public static final int EXPECTED = 10;

    /** Gives the version found, one row with one column; callable by both programs. */
    public static final String QUERY = "select snowgate.schema_version()";

    private SchemaVersion() {}

    /**
     * Refuses to work on another schema.
     *
     * @throws IllegalStateException with a sentence for operators, if the version differs
     */
    public static void require(int found) {
        if (found != EXPECTED) {
            throw new IllegalStateException("the database has schema version " + found + " and this program needs "
                    + EXPECTED
                    + (found < EXPECTED ? ": run ./snowgate migrate first" : ": it is too old for this database"));
        }
    }
}
