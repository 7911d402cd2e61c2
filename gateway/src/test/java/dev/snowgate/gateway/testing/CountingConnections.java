package dev.snowgate.gateway.testing;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Connections that remember every SQL statement made on them, and every begin and end of a transaction. */
public final class CountingConnections implements ConnectionFactory {
    private static final Set<String> BOUNDARIES =
            Set.of("beginTransaction", "commitTransaction", "rollbackTransaction");
    public final List<String> statements = new CopyOnWriteArrayList<>();
    public final List<String> boundaries = new CopyOnWriteArrayList<>();
    private final ConnectionFactory real;

    public CountingConnections(ConnectionFactory real) {
        this.real = real;
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.from(real.create()).map(this::counted);
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return real.getMetadata();
    }

    private Connection counted(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    if (BOUNDARIES.contains(method.getName())) {
                        boundaries.add(method.getName());
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Every round trip since the last call; statements first. */
    public List<String> takeRoundTrips() {
        List<String> all = new ArrayList<>(statements);
        all.addAll(boundaries);
        statements.clear();
        boundaries.clear();
        return all;
    }
}
