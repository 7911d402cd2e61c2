package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Common tables, and names for models, before a query. */
final class WithParser {
    private final Cursor c;
    private final QueryParser queries;

    WithParser(Cursor cursor, QueryParser queries) {
        this.c = cursor;
        this.queries = queries;
    }

    /** Takes WITH and what it defines. */
    List<Query.CommonTable> with() {
        c.expect("WITH");
        if (c.sees("RECURSIVE") && c.peek(1).isName() && !c.peek(1).is("AS")) {
            c.next();
        }
        List<Query.CommonTable> tables = new ArrayList<>();
        boolean first = true;
        do {
            if (!first && c.sees("SELECT")) {
                break;
            }
            first = false;
            Name name = c.name();
            if (c.sees("AS", "MODEL") && c.peek(2).isName()) {
                model(name);
            } else {
                tables.add(table(name));
            }
        } while (c.accept(","));
        return tables;
    }

    private Query.CommonTable table(Name name) {
        List<Name> columns =
                c.sees("(") && !c.peek(1).is("SELECT") && !c.peek(1).is("WITH") ? queries.nameList() : List.of();
        c.accept("AS");
        if (c.seesAny("PROCEDURE")) {
            throw c.unsupported("WITH … AS PROCEDURE", "Run the statements of the procedure one by one.");
        }
        c.expect("(");
        Query query = queries.query();
        c.expect(")");
        return new Query.CommonTable(name, columns, query);
    }

    private void model(Name name) {
        c.expect("AS", "MODEL");
        List<Name> model = c.dotted();
        if (c.accept("VERSION")) {
            c.name();
        }
        if (!queries.models().add(name, model)) {
            throw c.unsupported("name of two models", "Give each model a name of its own.");
        }
    }
}
