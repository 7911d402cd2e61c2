package dev.snowgate.console.command;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.console.catalog.CatalogService;
import dev.snowgate.console.catalog.CatalogSync;
import dev.snowgate.console.catalog.MarkOutcome;
import dev.snowgate.console.catalog.ProtectionMarking;
import dev.snowgate.console.catalog.StoredMark;
import dev.snowgate.console.catalog.SyncRun;
import dev.snowgate.console.catalog.SyncStatus;
import dev.snowgate.console.text.VisibleText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * {@code catalog status}, {@code sync}, {@code mark} and {@code unmark}: what the page Catalog does, through the same services and in the
 * name of a person.
 */
@Component
class CatalogCommands {
    private static final int LONGEST = 500;
    private final CatalogService catalog;
    private final ProtectionMarking marking;

    CatalogCommands(CatalogService catalog, ProtectionMarking marking) {
        this.catalog = catalog;
        this.marking = marking;
    }

    /** What is wished. An empty account means the only one there is. */
    record Wish(String action, String account, String column, String category, String reason, boolean confirmed) {}

    int run(Wish wish, Answers answers, PrintStream err) {
        return switch (wish.action()) {
            case "status" -> {
                status(account(wish), answers);
                yield Commands.DONE;
            }
            case "sync" -> sync(answers, err);
            case "mark" -> tell(mark(wish), wish, answers, err);
            case "unmark" -> tell(unmark(wish), wish, answers, err);
            default ->
                throw new IllegalArgumentException(
                        "catalog does not know “" + wish.action() + "”. Known: status, sync, mark, unmark.");
        };
    }

    private String account(Wish wish) {
        if (!wish.account().isEmpty()) {
            return wish.account();
        }
        List<String> accounts = catalog.accounts();
        if (accounts.size() != 1) {
            throw new IllegalArgumentException("Missing: --account=<name>; there are: " + String.join(", ", accounts));
        }
        return accounts.getFirst();
    }

    private void status(String account, Answers answers) {
        SyncStatus status = catalog.status(account);
        if (!answers.forPeople()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("account", account);
            line.put("running", status.running());
            line.put(
                    "databases",
                    status.databases().stream()
                            .map(database -> Map.of(
                                    "database", database.database(),
                                    "seenAt", database.at().toString(),
                                    "objects", database.objects()))
                            .toList());
            line.put("problem", status.last().map(SyncRun::problem).orElse(""));
            answers.json(line);
            return;
        }
        if (status.databases().isEmpty()) {
            answers.line("Never read.");
        }
        status.databases()
                .forEach(database -> answers.line(VisibleText.line(database.database(), LONGEST) + "  ·  read "
                        + database.at() + "  ·  " + database.objects() + " objects"));
        if (status.running()) {
            answers.line("Somebody reads it at the moment.");
        }
        status.last()
                .map(SyncRun::problem)
                .filter(problem -> !problem.isEmpty())
                .ifPresent(problem -> answers.line("The last reading had a problem: " + problem));
    }

    private int sync(Answers answers, PrintStream err) {
        CatalogSync.Outcome outcome = catalog.syncNow();
        if (outcome.elsewhere()) {
            err.println("Another console reads this account at the moment; this one did nothing.");
            return Commands.REFUSED;
        }
        if (answers.forPeople()) {
            answers.line("Read " + outcome.objects() + " objects: " + outcome.changed() + " changed, " + outcome.gone()
                    + " gone.");
        } else {
            answers.json(outcome);
        }
        return Commands.DONE;
    }

    private MarkOutcome mark(Wish wish) {
        return marking.mark(account(wish), column(wish), wish.category(), wish.reason(), wish.confirmed());
    }

    /** Takes the latest mark of the column away. */
    private MarkOutcome unmark(Wish wish) {
        String account = account(wish);
        ColumnName column = column(wish);
        Optional<StoredMark> latest = catalog.marks(account, column).stream().findFirst();
        return latest.map(mark -> marking.unmark(account, column, mark.id(), wish.reason(), wish.confirmed()))
                .orElseGet(() -> new MarkOutcome.Refused("No mark speaks of " + column + " alone."));
    }

    private static ColumnName column(Wish wish) {
        List<String> parts = NameGlob.parse(wish.column(), 4)
                .map(name -> name.parts().stream().map(Glob::pattern).toList())
                .orElse(List.of());
        if (parts.size() != 4) {
            throw new IllegalArgumentException("Missing: --column=DATABASE.SCHEMA.OBJECT.COLUMN");
        }
        return new ColumnName(new ObjectName(parts.get(0), parts.get(1), parts.get(2)), parts.get(3));
    }

    private static int tell(MarkOutcome outcome, Wish wish, Answers answers, PrintStream err) {
        return switch (outcome) {
            case MarkOutcome.Done done -> {
                if (answers.forPeople()) {
                    answers.line(VisibleText.line(done.sentence(), LONGEST) + ".");
                } else {
                    answers.json(Map.of("change", wish.action(), "column", wish.column()));
                }
                yield Commands.DONE;
            }
            case MarkOutcome.Refused refused -> {
                err.println(VisibleText.line(refused.sentence(), LONGEST));
                yield Commands.REFUSED;
            }
            case MarkOutcome.Lowers lowers -> {
                err.println("This lowers protection. Nothing was changed.");
                lowers.consequences().forEach(consequence -> err.println(VisibleText.line(consequence, LONGEST)));
                err.println("With --confirm it is done all the same.");
                yield Commands.REFUSED;
            }
        };
    }
}
