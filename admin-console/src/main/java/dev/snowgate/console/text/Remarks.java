package dev.snowgate.console.text;

import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;

/** Plain words about what a statement does; the fact, never the rule. */
public final class Remarks {
    private Remarks() {}

    /** What happens to one object. */
    static String of(StatementAnalysis statement, ObjectUse use) {
        return switch (use.effect()) {
            case READ -> "Reads this " + noun(use);
            case WRITE -> write(statement);
            case CREATE -> statement.flags().contains("or-replace") ? "Drops the current " + noun(use) : "Creates it";
            case ALTER -> "Changes its definition";
            case DROP -> statement.flags().contains("or-replace") ? "Drops the current " + noun(use) : "Removes it";
            case PRIVILEGE -> "Changes who may do what";
            case UNLOAD -> "Copies data out";
            case LOAD -> "Loads files into it";
            case CODE -> "Runs stored code, effects not known";
            case EXTERNAL_CALL -> "Calls something outside";
            case FILE_TRANSFER -> "Moves files past the gateway";
            case SESSION, TRANSACTION -> "Changes the session";
            case METADATA -> "Reads its description";
            case COST -> "Changes cost";
        };
    }

    /** What happens to a protected column. */
    static String ofProtected(StatementAnalysis statement, boolean predicate) {
        if (predicate) {
            return "Filters on a protected column";
        }
        boolean stored = statement.effects().contains(Effect.WRITE)
                || statement.effects().contains(Effect.CREATE);
        return stored ? "Copied unmasked. The new columns stay protected." : "Protected column";
    }

    /** The verb for one object in the list of what a statement touches. */
    public static String verb(Effect effect) {
        return switch (effect) {
            case READ -> "read";
            case WRITE -> "write";
            case CREATE -> "create";
            case ALTER -> "alter";
            case DROP -> "drop";
            case PRIVILEGE -> "privilege";
            case SESSION -> "session";
            case TRANSACTION -> "transaction";
            case METADATA -> "describe";
            case UNLOAD -> "copy out";
            case LOAD -> "load";
            case FILE_TRANSFER -> "transfer";
            case EXTERNAL_CALL -> "call outside";
            case CODE -> "run";
            case COST -> "cost";
        };
    }

    private static String write(StatementAnalysis statement) {
        return switch (statement.kind()) {
            case DELETE -> "Deletes rows";
            case TRUNCATE -> "Removes all rows";
            case UPDATE -> "Changes rows";
            case INSERT, MULTI_TABLE_INSERT -> "Adds rows";
            case MERGE -> "Adds and changes rows";
            default -> "Writes to it";
        };
    }

    private static String noun(ObjectUse use) {
        return use.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
