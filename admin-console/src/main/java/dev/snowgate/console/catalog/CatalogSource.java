package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import java.sql.SQLException;
import java.util.Map;

/** Where the present state of whole databases comes from. */
interface CatalogSource {
    /** Opens a way to it; nothing of our own database may be held while it is used. */
    Reading open() throws SQLException;

    /** One way to it, for one database after the other, so that only one of them is in memory. */
    interface Reading extends AutoCloseable {
        /** What is there now, compared with what is stored. */
        DatabaseReading read(String database, Map<ObjectName, CatalogObject> stored) throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
