package dev.snowgate.console.approval;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.console.approval.ImpactCard.Standing;
import dev.snowgate.console.catalog.ConsoleCatalog;
import dev.snowgate.console.recording.Vault;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Person;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.text.MarkedText;
import dev.snowgate.console.text.SqlMarkup;
import dev.snowgate.console.text.VisibleText;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.ExecutedText;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** What waits for a person, what was decided, and everything there is to know about one request. Reads only. */
@Service
@PreAuthorize("hasAnyRole('" + Roles.ADMIN + "', '" + Roles.APPROVER + "', '" + Roles.AUDITOR + "')")
public class Inbox {
    private static final int MOST_HISTORY = 6;
    private final ApprovalStore store;
    private final ConsoleCatalog catalogs;
    private final Vault vault;
    private final CurrentPerson current;

    Inbox(ApprovalStore store, ConsoleCatalog catalogs, Vault vault, CurrentPerson current) {
        this.store = store;
        this.catalogs = catalogs;
        this.vault = vault;
        this.current = current;
    }

    /** Requests that wait, the next to expire first, at most that many. */
    public List<ApprovalEntry> waiting(String search, int most) {
        return tagged(store.waiting(search.strip(), most));
    }

    /** Requests that no longer wait, the newest first. */
    public List<ApprovalEntry> decided(String search, int most, int skip) {
        return tagged(store.decided(search.strip(), most, skip));
    }

    /** These requests, whatever became of them; those that do not exist are left out. */
    public List<ApprovalEntry> entries(Collection<ApprovalId> ids) {
        return ids.isEmpty() ? List.of() : tagged(store.entries(ids));
    }

    /** The card of one request, empty if there is none of that number. */
    public Optional<ImpactCard> card(ApprovalId id, ZoneId zone) {
        return store.find(id).map(request -> card(request, zone));
    }

    private ImpactCard card(ApprovalRequest request, ZoneId zone) {
        CatalogSnapshot catalog = catalogs.snapshot(request.account());
        Optional<StatementText> text = store.sealedText(request.statement())
                .flatMap(bytes -> vault.text(request.session(), request.statement(), bytes));
        MarkedText.Mark mark =
                request.entry().state() == RequestState.DENIED ? MarkedText.Mark.REFUSED : MarkedText.Mark.WHY;
        return new ImpactCard(
                request,
                text.map(t -> SqlMarkup.asRun(t, request.analysis(), catalog, mark)),
                text.map(t -> SqlMarkup.asSent(t, request.analysis(), catalog, mark)),
                text.map(Inbox::claim).orElse(""),
                Facts.touches(request.analysis(), catalog),
                Facts.masked(request.decision()),
                Facts.resultColumns(request.analysis()),
                store.history(request, MOST_HISTORY),
                Facts.undo(request.analysis()),
                standing(request, zone));
    }

    private Standing standing(ApprovalRequest request, ZoneId zone) {
        Person person = current.require();
        return ReviewRules.state(request, zone)
                .or(() -> ReviewRules.person(request, person))
                .<Standing>map(refused -> new Standing.MayNot(refused.sentence()))
                .orElseGet(Standing.MayDecide::new);
    }

    /** The first comment of the text: what the agent says of itself. */
    private static String claim(StatementText text) {
        return text.executed().map(ExecutedText::comments).orElse(List.of()).stream()
                .map(comment -> VisibleText.line(comment.strip(), 300))
                .filter(comment -> !comment.isBlank())
                .findFirst()
                .orElse("");
    }

    /** One look at each account's catalog, however many rows there are. */
    private List<ApprovalEntry> tagged(List<ApprovalStore.StoredEntry> stored) {
        Map<String, CatalogSnapshot> snapshots = new HashMap<>();
        return stored.stream()
                .map(row -> tagged(row, snapshots.computeIfAbsent(row.account(), catalogs::snapshot)))
                .toList();
    }

    private static ApprovalEntry tagged(ApprovalStore.StoredEntry stored, CatalogSnapshot catalog) {
        ApprovalEntry entry = stored.entry();
        return new ApprovalEntry(
                entry.id(),
                entry.state(),
                entry.title(),
                entry.agent(),
                entry.person(),
                Facts.tags(stored.analysis(), catalog),
                entry.createdAt(),
                entry.expiresAt(),
                entry.decided());
    }
}
