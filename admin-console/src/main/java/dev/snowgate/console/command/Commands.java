package dev.snowgate.console.command;

import dev.snowgate.console.approval.Inbox;
import dev.snowgate.console.approval.ReviewOutcome;
import dev.snowgate.console.approval.ReviewService;
import dev.snowgate.console.catalog.CatalogSync;
import dev.snowgate.console.security.People;
import dev.snowgate.console.security.PersonAuthentication;
import dev.snowgate.model.approval.ApprovalId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.ApplicationArguments;
import org.springframework.dao.DataAccessException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The commands: {@code approvals} lists what waits, {@code approve} and {@code deny} review one request in
 * the name of {@code --reviewer} with {@code --groups}, {@code sync-catalog} reads the catalog from Snowflake,
 * {@code load-catalog} from {@code --file} for {@code --account}; {@code catalog} with {@code --action} is {@link CatalogCommands}'. They print lines of JSON, or
 * sentences with {@code --output=text}.
 */
@Component
class Commands {
    static final int DONE = 0;
    static final int WRONG_USE = 2;
    static final int REFUSED = 3;
    static final int FAULT = 4;
    private static final int MOST = 500;

    private final ApplicationArguments arguments;
    private final Inbox inbox;
    private final ReviewService reviews;
    private final CatalogSync sync;
    private final CatalogCommands catalog;
    private final People people;

    Commands(
            ApplicationArguments arguments,
            Inbox inbox,
            ReviewService reviews,
            CatalogSync sync,
            CatalogCommands catalog,
            People people) {
        this.arguments = arguments;
        this.inbox = inbox;
        this.reviews = reviews;
        this.sync = sync;
        this.catalog = catalog;
        this.people = people;
    }

    int run(PrintStream out, PrintStream err) {
        try {
            String command = option("snowgate.command", "");
            Answers answers = new Answers(out, option("output", "json").equals("text"));
            return switch (command) {
                case "approvals" -> asReviewer(() -> list(answers));
                case "approve" -> asReviewer(() -> tell(reviews.approve(id(), comment()), answers, err));
                case "deny" -> asReviewer(() -> tell(reviews.deny(id(), comment()), answers, err));
                case "catalog" -> asReviewer(() -> catalog.run(wish(), answers, err));
                case "load-catalog" -> {
                    Path file = Path.of(required("file", "--file=<catalog.yaml>"));
                    answers.json(sync.load(file, required("account", "--account=<name>")));
                    yield DONE;
                }
                case "sync-catalog" -> {
                    answers.json(sync.run("sync-catalog"));
                    yield DONE;
                }
                default ->
                    throw new IllegalArgumentException("There is no command “" + command
                            + "”. Known: approvals, approve, deny, sync-catalog, load-catalog, catalog.");
            };
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return WRONG_USE;
        } catch (AccessDeniedException refused) {
            err.println("The groups given with --groups do not give the role that this needs.");
            return REFUSED;
        } catch (DataAccessException silent) {
            err.println("The database does not answer or refused: nothing was changed.");
            return FAULT;
        } catch (IllegalStateException fault) {
            err.println(fault.getMessage());
            return FAULT;
        }
    }

    private int list(Answers answers) {
        answers.waiting(inbox.waiting(option("search", ""), MOST), Instant.now());
        return DONE;
    }

    private static int tell(ReviewOutcome outcome, Answers answers, PrintStream err) {
        return switch (outcome) {
            case ReviewOutcome.Recorded recorded -> {
                answers.recorded(recorded);
                yield DONE;
            }
            case ReviewOutcome.Refused refused -> {
                err.println(refused.why() + ": " + refused.sentence());
                yield REFUSED;
            }
        };
    }

    private int asReviewer(Supplier<Integer> work) {
        String reviewer = required("reviewer", "--reviewer=<e-mail address>");
        Set<String> groups = Arrays.stream(option("groups", "").split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .collect(Collectors.toSet());
        String name = option("reviewer-name", reviewer);
        SecurityContextHolder.getContext()
                .setAuthentication(new PersonAuthentication(people.named(reviewer, name, groups)));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private CatalogCommands.Wish wish() {
        return new CatalogCommands.Wish(
                option("action", "status"),
                option("account", ""),
                option("column", ""),
                option("category", ""),
                option("reason", ""),
                arguments.containsOption("confirm"));
    }

    private ApprovalId id() {
        String text = required("id", "--id=A-17");
        String digits = text.toUpperCase(java.util.Locale.ROOT).startsWith("A-") ? text.substring(2) : text;
        try {
            return new ApprovalId(Long.parseLong(digits));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("“" + text + "” is no request; write --id=A-17.", wrong);
        }
    }

    /** Only what stands on the command line counts, not what the environment happens to call the same. */
    private String option(String name, String otherwise) {
        List<String> values = arguments.getOptionValues(name);
        return values == null || values.isEmpty() ? otherwise : values.getLast();
    }

    private String comment() {
        return option("comment", "");
    }

    private String required(String name, String example) {
        String value = option(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Missing: " + example);
        }
        return value;
    }
}
