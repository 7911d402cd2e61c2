package dev.snowgate.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A statement that waits in the driver while a reviewer decides: the driver's own thread blocks, as an agent's would. */
final class HeldStatement {
    private final CompletableFuture<Result> result;

    private HeldStatement(CompletableFuture<Result> result) {
        this.result = result;
    }

    static HeldStatement send(Connection connection, String sql) {
        return new HeldStatement(CompletableFuture.supplyAsync(
                () -> run(connection, sql),
                task -> Thread.ofPlatform().daemon().name("agent").start(task)));
    }

    boolean isWaiting() {
        return !result.isDone();
    }

    /** What the driver gave its caller, within two minutes. */
    Result await() {
        try {
            return result.get(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        } catch (ExecutionException e) {
            return new Result(-1, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return new Result(-1, "the driver still waits");
        }
    }

    private static Result run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            int count = 0;
            if (rows) {
                try (var set = statement.getResultSet()) {
                    while (set.next()) {
                        count++;
                    }
                }
            } else {
                count = statement.getUpdateCount();
            }
            return new Result(count, "");
        } catch (SQLException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    /** Rows or changed rows, -1 and the exception's message where it failed. */
    record Result(int rows, String error) {}
}
