package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import java.util.List;

/** The tables of a semantic view: whoever may query the view reads them. */
final class SemanticTables {
    private SemanticTables() {}

    /** Takes {@code (alias AS table …, table …)}. */
    static void read(Draft draft) {
        Cursor c = draft.c;
        int end = c.position() + c.partnerOf(0);
        c.expect("(");
        while (c.position() < end) {
            List<Name> parts = c.dotted();
            if (c.accept("AS")) {
                parts = c.dotted();
            }
            ObjectName table = draft.names.object(parts);
            draft.facts.object(
                    table,
                    ObjectKind.TABLE,
                    Effect.READ,
                    draft.names.find(table).isPresent());
            while (c.position() < end && !c.sees(",")) {
                if (c.sees("(")) {
                    c.skipGroup();
                } else {
                    c.next();
                }
            }
            c.accept(",");
        }
        c.expect(")");
    }
}
