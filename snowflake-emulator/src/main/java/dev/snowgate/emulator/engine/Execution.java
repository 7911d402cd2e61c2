package dev.snowgate.emulator.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One statement from its receipt to its outcome. */
public final class Execution {
    private final String queryId;
    private final Request request;
    private final String sqlText;
    private final Instant started = Instant.now();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable Statement running;
    private volatile @Nullable String stopped;

    Execution(String queryId, Request request, String sqlText) {
        this.queryId = queryId;
        this.request = request;
        this.sqlText = sqlText;
    }

    public String queryId() {
        return queryId;
    }

    public Request request() {
        return request;
    }

    public String sqlText() {
        return sqlText;
    }

    public Instant started() {
        return started;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** The outcome, or null when there is none within the time. */
    public @Nullable Outcome await(long millis) {
        try {
            return outcome.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    public @Nullable Outcome outcomeNow() {
        return outcome.getNow(null);
    }

    void complete(Outcome result) {
        endedAt = Instant.now();
        outcome.complete(result);
    }

    /** Why it was stopped, or null. */
    @Nullable
    String stopReason() {
        return stopped;
    }

    /** Stops it: a wait ends, DuckDB is interrupted. */
    void stop(String reason) {
        stopped = reason;
        ended.countDown();
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // it has ended meanwhile, which is what was wanted
                running = null;
            }
        }
    }

    void running(@Nullable Statement statement) {
        running = statement;
        if (statement != null) {
            checkStopped();
        }
    }

    void checkStopped() {
        String reason = stopped;
        if (reason != null) {
            throw reason.isEmpty() ? Errors.cancelled() : new dev.snowgate.emulator.Refused("000630", "57014", reason);
        }
    }

    /** Waits as SYSTEM$WAIT does; ends at once when stopped. */
    void sleep(long millis) {
        try {
            ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checkStopped();
    }
}
