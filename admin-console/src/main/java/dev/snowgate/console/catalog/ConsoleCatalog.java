package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.catalog.Protection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The stored catalog of an account, with its marks of protection; read again when its version or its marks changed. */
@Service
public class ConsoleCatalog {
    private final CatalogStore store;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ConsoleCatalog(CatalogStore store) {
        this.store = store;
    }

    private record Known(long version, List<CatalogStore.Mark> marks, CatalogSnapshot snapshot) {}

    /** Accounts that have a catalog. */
    public List<String> accounts() {
        return store.accounts();
    }

    /** The snapshot; empty of objects if the account was never read. */
    public CatalogSnapshot snapshot(String account) {
        Optional<Long> version = store.version(account);
        if (version.isEmpty()) {
            return CatalogSnapshot.empty(account);
        }
        List<CatalogStore.Mark> marks = store.marks(account);
        Known last = known.get(account);
        if (last != null && last.version() == version.get() && last.marks().equals(marks)) {
            return last.snapshot();
        }
        CatalogSnapshot fresh = CatalogSnapshot.of(account, version.get(), protect(store.objects(account), marks));
        known.put(account, new Known(version.get(), marks, fresh));
        return fresh;
    }

    /** A mark can only add protection, never take away what the object itself says. */
    static List<CatalogObject> protect(List<CatalogObject> objects, List<CatalogStore.Mark> marks) {
        List<Pattern> patterns = marks.stream().map(Pattern::of).toList();
        return objects.stream().map(object -> protect(object, patterns)).toList();
    }

    private static CatalogObject protect(CatalogObject object, List<Pattern> patterns) {
        List<CatalogColumn> columns = object.columns().stream()
                .map(column -> column.withProtection(patterns.stream()
                        .filter(pattern -> pattern.columns().matches(new ColumnName(object.name(), column.name())))
                        .map(Pattern::protection)
                        .findFirst()
                        .or(column::protection)))
                .toList();
        return object.withColumns(columns);
    }

    private record Pattern(NameGlob columns, Protection protection) {
        static Pattern of(CatalogStore.Mark mark) {
            // A mark that nobody understands must not silently protect nothing.
            NameGlob columns = NameGlob.parse(mark.pattern(), 4)
                    .orElseThrow(() -> new IllegalStateException(
                            "the protection mark " + mark.pattern() + " is no pattern for columns"));
            return new Pattern(columns, new Protection(mark.category(), mark.source()));
        }
    }
}
