package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import java.util.ArrayList;
import java.util.List;

/** The columns in brackets of CREATE TABLE and VIEW. */
final class ColumnDefinitions {
    static final String NO_VIRTUAL_COLUMNS = "Write plain columns, and compute the value in queries or in a view.";

    private ColumnDefinitions() {}

    /** Takes a list of columns that are made by a query or by files and gives the names; no query may hide in it. */
    static List<String> names(Draft draft) {
        return names(draft, true);
    }

    /**
     * The same for a table of its own rows. What is written to one column would be seen under the name of another if an
     * expression made that one.
     */
    static List<String> stored(Draft draft) {
        return names(draft, false);
    }

    private static List<String> names(Draft draft, boolean virtual) {
        Cursor c = draft.c;
        List<String> names = new ArrayList<>();
        int end = c.position() + c.partnerOf(0);
        c.expect("(");
        boolean start = true;
        while (c.position() < end) {
            if (c.sees("SELECT")) {
                throw c.unsupported("query in a column definition", "Write plain column definitions.");
            }
            if (!virtual && !start && c.sees("AS") && !c.peek(1).is("IDENTITY")) {
                throw c.unsupported("virtual column", NO_VIRTUAL_COLUMNS);
            }
            if (c.sees("(")) {
                refuseSelect(c);
                c.skipGroup();
                continue;
            }
            if (start
                    && c.peek().isName()
                    && !c.seesAny("CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "INDEX")) {
                names.add(draft.names.fold(c.name()));
            } else {
                c.next();
            }
            start = c.peek(-1).is(",");
        }
        c.expect(")");
        return names;
    }

    private static void refuseSelect(Cursor c) {
        int length = c.partnerOf(0);
        for (int i = 0; i < length; i++) {
            if (c.peek(i).is("SELECT")) {
                throw c.unsupported("query in a column definition", "Write plain column definitions.");
            }
        }
    }
}
