package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ProtectionMarks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The stored catalog of an account, with its marks of protection; read again when its version or its marks changed. */
@Service
public class ConsoleCatalog {
    private final CatalogStore store;
    private final MarkStore marks;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ConsoleCatalog(CatalogStore store, MarkStore marks) {
        this.store = store;
        this.marks = marks;
    }

    /**
     * An account as it is known.
     *
     * @param plain the objects without marks
     * @param snapshot the objects with them
     */
    record Known(
            long version,
            List<StoredMark> stored,
            ProtectionMarks marks,
            CatalogSnapshot plain,
            CatalogSnapshot snapshot) {}

    /** Accounts that have a catalog. */
    public List<String> accounts() {
        return store.accounts();
    }

    /** The snapshot; empty of objects if the account was never read. */
    public CatalogSnapshot snapshot(String account) {
        return known(account).snapshot();
    }

    Known known(String account) {
        long version = store.version(account).orElse(0L);
        List<StoredMark> stored = marks.marks(account);
        Known last = known.get(account);
        if (last != null && last.version() == version && last.stored().equals(stored)) {
            return last;
        }
        CatalogSnapshot plain = last != null && last.version() == version
                ? last.plain()
                : CatalogSnapshot.of(account, version, store.objects(account));
        ProtectionMarks rules =
                ProtectionMarks.of(stored.stream().map(StoredMark::rule).toList());
        Known fresh = new Known(
                version,
                stored,
                rules,
                plain,
                CatalogSnapshot.of(account, version, rules.applyTo(List.copyOf(plain.objects()))));
        known.put(account, fresh);
        return fresh;
    }
}
