package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.SyntaxProblem;

/** The text names an object that the catalog does not know: asking Snowflake for it and analysing again may help. */
final class UnknownObject extends SyntaxProblem {
    private static final long serialVersionUID = 1L;
    private final transient ObjectName name;

    UnknownObject(ObjectName name, int at) {
        super(
                "unknown object",
                "The object " + name + " is not in the catalog.",
                "Check the name, and write it as database.schema.name.",
                at);
        this.name = name;
    }

    ObjectName name() {
        return name;
    }
}
