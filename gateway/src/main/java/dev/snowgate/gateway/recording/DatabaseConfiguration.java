package dev.snowgate.gateway.recording;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The pool for everything, and a second door without a pool for the one connection that listens. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    /** Name of the bean whose connections are not pooled. */
    public static final String UNPOOLED = "unpooledConnections";

    /** Opens a new connection each time. */
    @Bean(UNPOOLED)
    public ConnectionFactory unpooledConnections(DatabaseProperties properties) {
        return unpooled(properties);
    }

    /** The pool; closes with the application. */
    @Primary
    @Bean(destroyMethod = "dispose")
    public ConnectionPool connectionPool(
            @Qualifier(UNPOOLED) ConnectionFactory unpooled, DatabaseProperties properties) {
        return pool(unpooled, properties);
    }

    /** For stores of other packages, on the pool. */
    @Bean
    public DatabaseClient databaseClient(ConnectionPool pool) {
        return DatabaseClient.create(pool);
    }

    @Bean
    public ReactiveTransactionManager transactionManager(ConnectionPool pool) {
        return new R2dbcTransactionManager(pool);
    }

    @Bean
    public TransactionalOperator transactionalOperator(ReactiveTransactionManager transactions) {
        return TransactionalOperator.create(transactions);
    }

    /** The one way of this package's stores to the database. */
    @Bean
    public DatabaseStore databaseStore(ConnectionPool pool, DatabaseProperties properties) {
        return new DatabaseStore(pool, properties.statementTimeout());
    }

    static ConnectionFactory unpooled(DatabaseProperties properties) {
        ConnectionFactoryOptions given = ConnectionFactoryOptions.parse(properties.url());
        ConnectionFactoryOptions.Builder options = given.mutate()
                .option(ConnectionFactoryOptions.USER, properties.username())
                .option(ConnectionFactoryOptions.PASSWORD, properties.secret())
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, properties.connectTimeout())
                .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, properties.statementTimeout())
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "snowgate-gateway")
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true);
        if (!given.hasOption(PostgresqlConnectionFactoryProvider.SCHEMA)) {
            options.option(PostgresqlConnectionFactoryProvider.SCHEMA, "snowgate");
        }
        return ConnectionFactories.get(options.build());
    }

    /** Broken connections are noticed when they are taken out, so that service resumes by itself when PostgreSQL is back. */
    static ConnectionPool pool(ConnectionFactory unpooled, DatabaseProperties properties) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(unpooled)
                .initialSize(0)
                .maxSize(properties.poolSize())
                .maxIdleTime(Duration.ofMinutes(5))
                .maxLifeTime(Duration.ofMinutes(30))
                .maxCreateConnectionTime(properties.connectTimeout())
                .maxAcquireTime(properties.acquireTimeout())
                .build());
    }
}
