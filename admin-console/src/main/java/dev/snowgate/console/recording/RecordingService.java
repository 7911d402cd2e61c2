package dev.snowgate.console.recording;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.console.catalog.ConsoleCatalog;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.SqlMarkup;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sealing.DataKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Sessions for people who read recordings. Opening one is itself recorded. */
@Service
@PreAuthorize("hasAnyRole('" + Roles.ADMIN + "', '" + Roles.APPROVER + "', '" + Roles.AUDITOR + "')")
public class RecordingService {
    private static final int MOST_STEPS = 5_000;
    private static final int MOST_ROWS = 200;
    private final RecordingStore store;
    private final Vault vault;
    private final ConsoleCatalog catalogs;
    private final ConsoleEventStore events;
    private final CurrentPerson current;
    private final Clock clock;

    RecordingService(
            RecordingStore store,
            Vault vault,
            ConsoleCatalog catalogs,
            ConsoleEventStore events,
            CurrentPerson current,
            Clock clock) {
        this.store = store;
        this.vault = vault;
        this.catalogs = catalogs;
        this.events = events;
        this.current = current;
        this.clock = clock;
    }

    /** Sessions, the newest first. */
    public List<SessionSummary> sessions(String search, int most, int skip) {
        return store.sessions(search.strip(), most, skip);
    }

    /** How many sessions match. */
    public int count(String search) {
        return store.count(search.strip());
    }

    /** A session for replay; records who opened it. Without that record it is not opened. */
    public Optional<Replay> open(SessionId id) {
        Optional<SessionSummary> session = store.session(id);
        if (session.isEmpty()) {
            return Optional.empty();
        }
        events.append(SessionEvent.of(
                id, EventKind.VIEWED, clock.instant(), current.require().id().claim(), Map.of("what", "replay")));
        ChainReport chain = store.verify(id);
        long count = chain instanceof ChainReport.Verified verified ? verified.count() : 0;
        return Optional.of(new Replay(session.get(), store.steps(id, MOST_STEPS), chain, count));
    }

    /** One statement of a session with its text, first rows and trail. */
    public Optional<Moment> moment(SessionId session, StatementId statement) {
        return store.moment(session, statement).map(stored -> moment(session, stored));
    }

    private Moment moment(SessionId session, StoredMoment stored) {
        StatementId id = stored.step().id();
        CatalogSnapshot catalog = catalogs.snapshot(stored.account());
        Optional<DataKey> key = vault.key(session);
        Optional<StatementText> text = key.flatMap(k -> vault.text(k, id, stored.sealedText()));
        Mark mark = stored.step().verdict() == ReplayStep.Verdict.DENIED
                ? Mark.REFUSED
                : stored.step().waited().isPresent() ? Mark.WHY : Mark.NONE;
        return new Moment(
                stored.step(),
                text.map(t -> SqlMarkup.asSent(t, stored.analysis(), catalog, mark)),
                text.map(t -> SqlMarkup.asRun(t, stored.analysis(), catalog, mark)),
                key.flatMap(k -> store.firstPage(id)
                        .flatMap(page -> Pages.open(
                                k, id, page, stored.masks(), stored.step().rows(), MOST_ROWS))),
                Trails.of(stored, catalog),
                stored.policyVersion());
    }
}
