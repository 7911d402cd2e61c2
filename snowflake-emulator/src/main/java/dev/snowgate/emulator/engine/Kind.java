package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;

/** What a statement is, told from its first words; with Snowflake's statementTypeId. */
enum Kind {
    QUERY(4096),
    INSERT(12544),
    UPDATE(12800),
    DELETE(13056),
    MERGE(13312),
    COPY(13824),
    UNLOAD(14080),
    TRUNCATE(24576),
    USE(17152),
    ALTER_SESSION(16640),
    SET(16384),
    SHOW(17408),
    DESCRIBE(17664),
    LIST(18177),
    EXPLAIN(4096),
    TRANSACTION(20480),
    CREATE(24576),
    ALTER(24576),
    DROP(24576),
    PUT(28930),
    GET(28929),
    OTHER(24576);

    private final int typeId;

    Kind(int typeId) {
        this.typeId = typeId;
    }

    int typeId() {
        return typeId;
    }

    boolean changesRows() {
        return this == INSERT || this == UPDATE || this == DELETE || this == MERGE;
    }

    static Kind of(Script script) {
        Token first = script.at(0);
        if (first.is("(")) {
            return QUERY;
        }
        return switch (first.text()) {
            case "SELECT", "WITH", "VALUES" -> QUERY;
            case "INSERT" -> INSERT;
            case "UPDATE" -> UPDATE;
            case "DELETE" -> DELETE;
            case "MERGE" -> MERGE;
            case "COPY" -> script.at(2).is("@") || script.at(2).type() == Token.Type.STRING ? UNLOAD : COPY;
            case "TRUNCATE" -> TRUNCATE;
            case "USE" -> USE;
            case "ALTER" -> script.at(1).is("SESSION") ? ALTER_SESSION : ALTER;
            case "SET", "UNSET" -> SET;
            case "SHOW" -> SHOW;
            case "DESC", "DESCRIBE" -> DESCRIBE;
            case "LIST", "LS" -> LIST;
            case "EXPLAIN" -> EXPLAIN;
            case "BEGIN", "START", "COMMIT", "ROLLBACK" -> TRANSACTION;
            case "CREATE" -> CREATE;
            case "DROP" -> DROP;
            case "PUT" -> PUT;
            case "GET" -> GET;
            case "GRANT", "REVOKE", "CALL", "EXECUTE", "COMMENT", "UNDROP", "REMOVE", "RM", "DECLARE" -> OTHER;
            default ->
                throw new Refused(
                        "001003",
                        "42000",
                        "SQL compilation error:\nsyntax error line 1 at position 0 unexpected '" + first.original()
                                + "'.");
        };
    }
}
