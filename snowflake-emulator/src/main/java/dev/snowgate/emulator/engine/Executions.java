package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.LogEntry;
import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.admin.ExecutionLog;
import dev.snowgate.emulator.result.ResultWriter;
import dev.snowgate.emulator.result.StoredResult;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Script;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All executions of the last day: one per request id of a session (or SQL API user), found by query id by its user. */
public final class Executions implements AutoCloseable {
    private final Map<String, Execution> byRequest = new ConcurrentHashMap<>();
    private final Map<String, Execution> byId = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "emulator-statement");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "emulator-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final EmulatorOptions options;
    private final ExecutionLog log;
    private final DuckDb duckDb;
    private final Connections connections;
    private final ResultWriter results;
    private final StatementRunner runner;

    public Executions(EmulatorOptions options, ExecutionLog log, DuckDb duckDb) throws IOException {
        this.options = options;
        this.log = log;
        this.duckDb = duckDb;
        this.connections = new Connections(duckDb);
        this.results = new ResultWriter(options);
        this.runner = new StatementRunner(duckDb, connections, results, this, options.account());
        long pause = Math.clamp(options.resultLifetime().toMillis() / 4, 100, TimeUnit.MINUTES.toMillis(1));
        timer.scheduleWithFixedDelay(this::sweep, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** The execution of a request; the same request id never starts a second one. */
    public Execution submit(Request request) {
        String key = requestKey(request.session(), request.dialect(), request.requestId());
        boolean[] fresh = {false};
        Execution execution = byRequest.computeIfAbsent(key, k -> {
            fresh[0] = true;
            return register(new Execution(newQueryId(), request, request.sqlText()));
        });
        if (fresh[0]) {
            workers.execute(() -> run(execution));
        }
        return execution;
    }

    public static String requestKey(Session session, String dialect, String requestId) {
        return dialect + "/" + (session.stateless() ? session.user().name() : Long.toString(session.id())) + "/"
                + requestId;
    }

    /** The execution of an id, if it is this user's; another user's is answered like one that never was. */
    public @Nullable Execution find(Session session, String queryId) {
        Execution execution = byId.get(queryId);
        return execution != null
                        && execution
                                .request()
                                .session()
                                .user()
                                .name()
                                .equals(session.user().name())
                ? execution
                : null;
    }

    /** The kept result of an id, for the storage server: who has a signed URL needs no user. */
    public @Nullable StoredResult stored(String queryId) {
        Execution execution = byId.get(queryId);
        return execution != null && execution.outcomeNow() instanceof Outcome.Success success ? success.result() : null;
    }

    /** Stops the execution of a request id; false when there is nothing to stop. */
    public boolean abortRequest(Session session, String dialect, String requestId) {
        Execution execution = byRequest.get(requestKey(session, dialect, requestId));
        return execution != null && abort(execution);
    }

    /** Stops an execution; false when it has ended. */
    public boolean abort(Execution execution) {
        Outcome outcome = execution.outcomeNow();
        if (outcome instanceof Outcome.Several several) {
            return several.children().stream().filter(this::abort).count() > 0;
        }
        if (outcome != null) {
            return false;
        }
        execution.stop("");
        byId.values().stream()
                .filter(child -> child.request() == execution.request() && child.outcomeNow() == null)
                .forEach(child -> child.stop(""));
        return true;
    }

    /** Ends what belongs to a session that logs out. */
    public void endSession(Session session) {
        byId.values().stream()
                .filter(e -> e.request().session() == session
                        && e.outcomeNow() == null
                        && !e.request().async())
                .forEach(e -> e.stop(""));
        connections.close(session);
    }

    private Execution register(Execution execution) {
        byId.put(execution.queryId(), execution);
        return execution;
    }

    private void run(Execution execution) {
        Request request = execution.request();
        try {
            List<Script> scripts = Script.split(request.sqlText());
            if (scripts.isEmpty()) {
                throw new Refused("000900", "42601", "SQL compilation error:\nEmpty SQL statement.");
            }
            String declared = request.parameter("MULTI_STATEMENT_COUNT");
            long expected = declared == null ? 1 : request.number("MULTI_STATEMENT_COUNT");
            boolean block = scripts.getFirst().starts("BEGIN")
                            && scripts.getFirst().tokens().size() > 3
                    || scripts.getFirst().starts("DECLARE");
            if (!block && expected != 0 && expected != scripts.size()) {
                throw new Refused(
                        "000008",
                        "0A000",
                        "Actual statement count " + scripts.size() + " did not match the desired statement count "
                                + expected + ".");
            }
            if (scripts.size() == 1 || block) {
                execution.complete(runOne(execution, scripts.getFirst(), null));
            } else if (!request.bindings().isEmpty()) {
                throw new Refused("000008", "0A000", "Binds are not supported in a multi-statement request.");
            } else {
                several(execution, scripts);
            }
        } catch (Refused e) {
            logStart(execution, null);
            log.ended(execution.queryId(), "FAILED " + e.code(), 0);
            execution.complete(new Outcome.Failure(e));
        } catch (RuntimeException | Error e) {
            log.ended(execution.queryId(), "FAILED internal", 0);
            execution.complete(new Outcome.Failure(internal(e)));
        } finally {
            if (request.session().stateless()) {
                connections.close(request.session());
            }
        }
    }

    private void several(Execution parent, List<Script> scripts) {
        List<Execution> children = new ArrayList<>();
        for (Script script : scripts) {
            Execution child = register(new Execution(newQueryId(), parent.request(), script.text()));
            children.add(child);
            if (parent.stopReason() != null) {
                child.stop("");
            }
            Outcome outcome = runOne(child, script, parent.queryId());
            child.complete(outcome);
            if (outcome instanceof Outcome.Failure failure) {
                // statements before this one keep their effect, as in Snowflake
                parent.complete(failure);
                return;
            }
        }
        parent.complete(new Outcome.Several(children));
    }

    private Outcome runOne(Execution execution, Script script, @Nullable String parentId) {
        logStart(execution, parentId);
        long limit = execution.request().number("STATEMENT_TIMEOUT_IN_SECONDS");
        var timeout = limit == 0
                ? null
                : timer.schedule(
                        () -> execution.stop("Statement reached its statement or warehouse timeout of " + limit
                                + " second(s) and was canceled."),
                        limit,
                        TimeUnit.SECONDS);
        try {
            Outcome.Success success = runner.run(execution, script);
            long changed =
                    success.stats().values().stream().mapToLong(Long::longValue).sum();
            log.ended(
                    execution.queryId(),
                    "SUCCESS",
                    success.stats().isEmpty() ? success.result().rows() : changed);
            if (!execution.request().describeOnly()) {
                execution.request().session().queryIds().add(execution.queryId());
            }
            return success;
        } catch (Refused e) {
            return failed(execution, e);
        } catch (SQLException e) {
            return failed(execution, execution.stopReason() == null ? Errors.translate(e) : stopped(execution));
        } catch (RuntimeException e) {
            return failed(execution, execution.stopReason() == null ? internal(e) : stopped(execution));
        } finally {
            if (timeout != null) {
                timeout.cancel(false);
            }
        }
    }

    private static Refused stopped(Execution execution) {
        try {
            execution.checkStopped();
            return Errors.cancelled();
        } catch (Refused e) {
            return e;
        }
    }

    private Outcome failed(Execution execution, Refused error) {
        log.ended(execution.queryId(), "FAILED " + error.code(), 0);
        return new Outcome.Failure(error);
    }

    private static Refused internal(Throwable e) {
        return new Refused("000603", "XX000", "The emulator has no answer to this statement: " + e);
    }

    private void logStart(Execution execution, @Nullable String parentId) {
        Request request = execution.request();
        Session session = request.session();
        log.started(new LogEntry(
                execution.started(),
                session.user().name(),
                session.role(),
                session.stateless() ? "" : Long.toString(session.id()),
                request.dialect(),
                request.requestId(),
                execution.queryId(),
                parentId,
                execution.sqlText(),
                !request.bindings().isEmpty(),
                request.parameter("QUERY_TAG"),
                request.describeOnly(),
                "RUNNING",
                -1));
    }

    private static String newQueryId() {
        return "01c" + UUID.randomUUID().toString().substring(3);
    }

    private void sweep() {
        Instant limit = Instant.now().minus(options.resultLifetime());
        byId.values().removeIf(execution -> {
            Instant ended = execution.endedAt();
            boolean old = ended != null && ended.isBefore(limit);
            if (old && execution.outcomeNow() instanceof Outcome.Success success) {
                results.delete(success.result());
            }
            return old;
        });
        byRequest.values().removeIf(execution -> !byId.containsKey(execution.queryId()));
    }

    @Override
    public void close() throws SQLException {
        byId.values().stream().filter(e -> e.outcomeNow() == null).forEach(e -> e.stop(""));
        timer.shutdownNow();
        workers.shutdown();
        try {
            workers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.closeAll();
        results.close();
        duckDb.close();
    }
}
