package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.SqlAnalysis;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of the last texts. An analysis is a pure function of text, context and catalog, so the same three give the same
 * answer; a decision is never kept. Bounded in number and in the length of a text, and empty again with every new catalog.
 */
final class RecentAnalyses {
    private static final int MOST = 512;
    private static final int LONGEST_TEXT = 8_192;
    private final Map<Key, SqlAnalysis.Understood> recent = new Recent();
    private @Nullable CatalogSnapshot on;

    synchronized Optional<SqlAnalysis> find(String text, SessionContext context, CatalogSnapshot catalog) {
        return catalog == on && text.length() <= LONGEST_TEXT
                ? Optional.ofNullable(recent.get(new Key(text, context)))
                : Optional.empty();
    }

    /** What was not understood is not kept: it may have been a matter of time. */
    synchronized void keep(String text, SessionContext context, CatalogSnapshot catalog, SqlAnalysis analysis) {
        if (!(analysis instanceof SqlAnalysis.Understood understood) || text.length() > LONGEST_TEXT) {
            return;
        }
        if (catalog != on) {
            recent.clear();
            on = catalog;
        }
        recent.put(new Key(text, context), understood);
    }

    @Override
    public String toString() {
        return "RecentAnalyses";
    }

    private record Key(String text, SessionContext context) {
        @Override
        public String toString() {
            return "Key";
        }
    }

    private static final class Recent extends LinkedHashMap<Key, SqlAnalysis.Understood> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SqlAnalysis.Understood> eldest) {
            return size() > MOST;
        }
    }
}
