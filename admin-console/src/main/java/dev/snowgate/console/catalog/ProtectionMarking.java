package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Protection;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.catalog.ProtectionRule;
import dev.snowgate.console.recording.ConsoleEventStore;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Person;
import dev.snowgate.console.security.Roles;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one class through which people mark columns and take marks away, by whichever door. The mark, its event and the word to the
 * gateways are one transaction. What lowers protection is done only when it was confirmed, knowing what follows.
 */
@Service
@PreAuthorize("hasRole('" + Roles.ADMIN + "')")
public class ProtectionMarking {
    private static final int LONGEST_REASON = 500;
    private final ConsoleCatalog catalogs;
    private final CatalogStore store;
    private final MarkStore marks;
    private final ConsoleEventStore events;
    private final CurrentPerson current;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ProtectionMarking(
            ConsoleCatalog catalogs,
            CatalogStore store,
            MarkStore marks,
            ConsoleEventStore events,
            CurrentPerson current,
            TransactionTemplate transactions,
            Clock clock) {
        this.catalogs = catalogs;
        this.store = store;
        this.marks = marks;
        this.events = events;
        this.current = current;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether the rule is a mark of exactly that column. */
    static boolean isMarkOf(ProtectionRule rule, ColumnName column) {
        return rule.kind() == ProtectionRule.Kind.MARK
                && ProtectionRule.pattern(column).equals(Optional.of(rule.pattern()));
    }

    /**
     * Marks a column as one of that category.
     *
     * @param confirmed whether the person knows and wants what follows, if it lowers protection
     */
    public MarkOutcome mark(String account, ColumnName column, String category, String reason, boolean confirmed) {
        Person person = current.require();
        Optional<String> pattern = ProtectionRule.pattern(column);
        Optional<MarkOutcome> wrong = wrong(account, column, reason);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (!ProtectionRule.isCategory(category)) {
            return new MarkOutcome.Refused(
                    "A category is a lower-case letter followed by at most 59 lower-case letters, digits and dashes.");
        }
        if (pattern.isEmpty()) {
            return new MarkOutcome.Refused(
                    "A name with a quote, an asterisk or a question mark in it cannot be marked here."
                            + " Protect it by a rule on names or by a tag.");
        }
        ProtectionRule mark = ProtectionRule.mark(
                pattern.get(),
                category,
                StoredMark.BY_HAND + person.id().claim().replace(',', ';'));
        ConsoleCatalog.Known known = catalogs.known(account);
        List<ProtectionRule> after = rules(known.stored());
        after.add(mark);
        Change change = Change.of(known, after, column, true);
        if (!change.consequences().isEmpty() && !confirmed) {
            return new MarkOutcome.Lowers(change.consequences());
        }
        Boolean written = transactions.execute(transaction -> {
            if (!marks.insert(account, mark, person.id().claim(), reason.strip())) {
                return false;
            }
            announce(account, column, "MARKED", change, person, reason);
            return true;
        });
        return Boolean.TRUE.equals(written)
                ? new MarkOutcome.Done("Marked " + column + " as " + category)
                : new MarkOutcome.Refused("The column has this mark already.");
    }

    /** Takes one mark of exactly this column away. Everything else that speaks of the column goes on speaking. */
    public MarkOutcome unmark(String account, ColumnName column, long id, String reason, boolean confirmed) {
        Person person = current.require();
        Optional<MarkOutcome> wrong = wrong(account, column, reason);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        ConsoleCatalog.Known known = catalogs.known(account);
        Optional<StoredMark> mark =
                known.stored().stream().filter(stored -> stored.id() == id).findFirst();
        if (mark.isEmpty() || !isMarkOf(mark.get().rule(), column)) {
            return new MarkOutcome.Refused(
                    "There is no mark of this column alone with that number. Rules that cover more are changed where they are written.");
        }
        List<ProtectionRule> after = rules(
                known.stored().stream().filter(stored -> stored.id() != id).toList());
        Change change = Change.of(known, after, column, false);
        List<String> consequences = new ArrayList<>(change.consequences());
        if (mark.get().account().isEmpty()) {
            consequences.add("The mark holds in every account, and is taken away in all of them.");
        }
        if (!consequences.isEmpty() && !confirmed) {
            return new MarkOutcome.Lowers(consequences);
        }
        Boolean written = transactions.execute(transaction -> {
            if (!marks.delete(id)) {
                return false;
            }
            announce(account, column, "UNMARKED", change, person, reason);
            return true;
        });
        return Boolean.TRUE.equals(written)
                ? new MarkOutcome.Done("Unmarked " + column)
                : new MarkOutcome.Refused("Somebody else took this mark away already.");
    }

    private Optional<MarkOutcome> wrong(String account, ColumnName column, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            return Optional.of(new MarkOutcome.Refused(
                    "A reason is needed, of at most " + LONGEST_REASON + " characters: it is what others read later."));
        }
        return catalogs.known(account)
                        .plain()
                        .find(column.object())
                        .flatMap(object -> object.column(column.column()))
                        .isEmpty()
                ? Optional.of(new MarkOutcome.Refused("The catalog has no column " + column + "."))
                : Optional.empty();
    }

    private static List<ProtectionRule> rules(List<StoredMark> stored) {
        return new ArrayList<>(stored.stream().map(StoredMark::rule).toList());
    }

    private void announce(String account, ColumnName column, String what, Change change, Person person, String reason) {
        store.announce(account, store.version(account).orElse(0L));
        Map<String, String> facts = new TreeMap<>(Map.of(
                "account", account,
                "column", column.toString(),
                "change", what,
                "before", change.before().map(Protection::category).orElse(""),
                "after", change.after().map(Protection::category).orElse(""),
                "lowers", String.valueOf(!change.consequences().isEmpty()),
                "reason", reason.strip(),
                "person", person.name()));
        events.append(SessionEvent.of(
                SessionEvent.CONSOLE,
                EventKind.PROTECTION_CHANGED,
                clock.instant(),
                person.id().claim(),
                facts));
    }

    /**
     * What a change does to one column.
     *
     * @param consequences what becomes weaker, in sentences; empty if nothing does
     */
    private record Change(Optional<Protection> before, Optional<Protection> after, List<String> consequences) {
        static Change of(ConsoleCatalog.Known known, List<ProtectionRule> rules, ColumnName name, boolean marking) {
            CatalogObject object = known.plain().find(name.object()).orElseThrow();
            CatalogColumn column = object.column(name.column()).orElseThrow();
            List<Protection> now = known.marks().sources(object, column);
            List<Protection> then = ProtectionMarks.of(rules).sources(object, column);
            Optional<Protection> before = now.stream().findFirst();
            Optional<Protection> after = then.stream().findFirst();
            List<String> consequences = new ArrayList<>();
            if (before.isPresent() && after.isEmpty()) {
                consequences.add("Nothing else protects " + name.column()
                        + ": agents see its values wherever a rule lets them read the table.");
            } else if (before.isPresent()
                    && !before.get().category().equals(after.get().category())) {
                consequences.add("Its category changes from " + before.get().category() + " to "
                        + after.get().category() + ": masks and rules for "
                        + before.get().category()
                        + " no longer speak of it.");
            }
            boolean reviewed = known.snapshot().find(name.object()).stream()
                    .flatMap(marked -> marked.columns().stream())
                    .anyMatch(other ->
                            other.protection().filter(Protection::isExplicit).isPresent());
            if (marking && object.kind() != ObjectKind.TABLE && !reviewed) {
                consequences.add("A first mark says that a person looked at all columns of "
                        + name.object().name()
                        + ": where its query cannot be followed, those without a mark are shown as they are.");
            }
            return new Change(before, after, consequences);
        }
    }
}
