package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import java.util.ArrayList;
import java.util.List;

/** The columns in brackets of CREATE TABLE and VIEW. */
final class ColumnDefinitions {
    private ColumnDefinitions() {}

    /** Takes a list of column definitions and gives the names; no query may hide in a definition. */
    static List<String> names(Draft draft) {
        Cursor c = draft.c;
        List<String> names = new ArrayList<>();
        int end = c.position() + c.partnerOf(0);
        c.expect("(");
        boolean start = true;
        while (c.position() < end) {
            if (c.sees("SELECT")) {
                throw c.unsupported("query in a column definition", "Write plain column definitions.");
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
