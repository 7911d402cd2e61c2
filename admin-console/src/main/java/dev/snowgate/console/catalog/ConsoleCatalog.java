package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.ProtectionRule;
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

    private record Known(long version, List<ProtectionRule> marks, CatalogSnapshot snapshot) {}

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
        List<ProtectionRule> marks = store.marks(account);
        Known last = known.get(account);
        if (last != null && last.version() == version.get() && last.marks().equals(marks)) {
            return last.snapshot();
        }
        CatalogSnapshot fresh = CatalogSnapshot.of(
                account, version.get(), ProtectionMarks.of(marks).applyTo(store.objects(account)));
        known.put(account, new Known(version.get(), marks, fresh));
        return fresh;
    }
}
