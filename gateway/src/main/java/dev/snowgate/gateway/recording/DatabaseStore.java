package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one way to the database: a transaction around each piece of work, a timeout, and every fault mapped to one error code.
 * What PostgreSQL says is not passed on and not logged, because it quotes values; its SQLSTATE is.
 */
public final class DatabaseStore {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStore.class);
    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final Duration timeout;

    public DatabaseStore(ConnectionFactory connections, Duration statementTimeout) {
        this.client = DatabaseClient.create(connections);
        this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        this.timeout = statementTimeout.multipliedBy(2);
    }

    /** The work as one transaction. */
    public <T> Mono<T> write(Mono<T> work) {
        return transaction.transactional(work).timeout(timeout).onErrorMap(this::fault);
    }

    /** A single read; needs no transaction of its own. */
    public <T> Mono<T> read(Mono<T> work) {
        return work.timeout(timeout).onErrorMap(this::fault);
    }

    /**
     * One SQL statement, which is a transaction by itself: one round trip. Completes when the server is ready for the next, which
     * is after the commit; the first row alone would come before it.
     */
    public <T> Mono<Optional<T>> call(String sql, Map<String, ?> parameters, Function<Readable, T> row) {
        return read(sql(sql, parameters)
                .map(row)
                .all()
                .collectList()
                .map(rows -> rows.stream().findFirst()));
    }

    /** A list as one transaction. */
    public <T> Flux<T> writeMany(Flux<T> work) {
        return write(work.collectList()).flatMapIterable(list -> list);
    }

    /** A list, read at once. */
    public <T> Flux<T> readMany(Flux<T> work) {
        return read(work.collectList()).flatMapIterable(list -> list);
    }

    /** A statement with its named parameters; {@code Optional} and null become SQL nulls, see {@link Nothing}. */
    public GenericExecuteSpec sql(String sql, Map<String, ?> parameters) {
        GenericExecuteSpec spec = client.sql(sql);
        for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
            Object value = parameter.getValue();
            spec = value instanceof Nothing nothing
                    ? spec.bindNull(parameter.getKey(), nothing.type())
                    : spec.bind(parameter.getKey(), value);
        }
        return spec;
    }

    /** A null of a type: R2DBC wants to know which. */
    record Nothing(Class<?> type) {}

    /** The value, or a null of that type. */
    static <T> Object orNull(@Nullable T value, Class<T> type) {
        return value == null ? new Nothing(type) : value;
    }

    /** The value, or a null of that type. */
    static <T> Object orNull(Optional<T> value, Class<T> type) {
        return orNull(value.orElse(null), type);
    }

    private Throwable fault(Throwable thrown) {
        if (thrown instanceof GatewayException) {
            return thrown;
        }
        LOG.atError()
                .addKeyValue("fault", thrown.getClass().getSimpleName())
                .addKeyValue("sqlState", sqlState(thrown))
                .log("The database did not do its work; the statement is refused");
        LOG.atDebug().setCause(thrown).log("The fault");
        return new GatewayException(
                GatewayErrorCode.RECORDING_UNAVAILABLE,
                "The gateway cannot record statements at the moment, so it runs none. Try again in a little while.",
                Optional.empty(),
                thrown);
    }

    /** The SQLSTATE of the fault, or empty text if PostgreSQL gave none. */
    static String sqlState(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException r2dbc && r2dbc.getSqlState() != null) {
                return r2dbc.getSqlState();
            }
        }
        return "";
    }
}
