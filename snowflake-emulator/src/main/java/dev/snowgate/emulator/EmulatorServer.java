package dev.snowgate.emulator;

import dev.snowgate.emulator.admin.AdminRoutes;
import dev.snowgate.emulator.admin.ExecutionLog;
import dev.snowgate.emulator.admin.FaultList;
import dev.snowgate.emulator.engine.DuckDb;
import dev.snowgate.emulator.engine.Executions;
import dev.snowgate.emulator.protocol.Http;
import dev.snowgate.emulator.protocol.SqlFaults;
import dev.snowgate.emulator.protocol.driver.DriverRoutes;
import dev.snowgate.emulator.protocol.sqlapi.SqlApiRoutes;
import dev.snowgate.emulator.seed.SeedData;
import dev.snowgate.emulator.session.Accounts;
import dev.snowgate.emulator.session.Sessions;
import dev.snowgate.emulator.storage.SignedUrls;
import dev.snowgate.emulator.storage.StorageServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A running emulator: two HTTP servers (account and storage) and a DuckDB. Needs no Spring context, reads no
 * configuration files and shares no event loops, so it can live inside the process of another application or test.
 */
public final class EmulatorServer implements AutoCloseable {
    private final LoopResources loops = LoopResources.create("emulator-http", 1, 4, true);
    private final Http http = new Http();
    private final FaultList faults = new FaultList();
    private final ExecutionLog log;
    private final Sessions sessions;
    private final Executions executions;
    private final StorageServer storage;
    private final DisposableServer server;
    private final URI url;

    private EmulatorServer(EmulatorOptions options) throws SQLException, IOException {
        Clock clock = Clock.systemUTC();
        log = new ExecutionLog(options.logFile(), options.logToConsole());
        sessions = new Sessions(clock, options.sessionTokenLifetime(), options.masterTokenLifetime());
        DuckDb duckDb = new DuckDb(options);
        new SeedData(duckDb, options).load();
        executions = new Executions(options, log, duckDb);
        SignedUrls urls = new SignedUrls(clock, options.chunkUrlLifetime());
        storage = new StorageServer(options.host(), options.storagePort(), loops, executions::stored, urls, faults);
        Accounts accounts = new Accounts(options.account(), options.users(), clock);
        SqlFaults sqlFaults = new SqlFaults(faults);
        long pollMillis = options.pollWait().toMillis();
        RouterFunction<ServerResponse> routes = new DriverRoutes(
                        http, accounts, sessions, duckDb, executions, storage, urls, sqlFaults, pollMillis)
                .routes()
                .and(new SqlApiRoutes(http, accounts, executions, sqlFaults, pollMillis).routes())
                .and(new AdminRoutes(http, log, faults, sessions::expireTokens).routes())
                .and(RouterFunctions.route()
                        .add(RouterFunctions.route(
                                request -> true,
                                request -> ServerResponse.status(HttpStatus.NOT_FOUND)
                                        .header("Content-Type", "application/json")
                                        .bodyValue(
                                                "{\"success\":false,\"code\":\"404\",\"message\":\"Not found\",\"data\":null}"
                                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                        .build());
        var adapter = new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes));
        server = HttpServer.create()
                .host(options.host())
                .port(options.port())
                .runOn(loops)
                .compress(4096)
                .httpRequestDecoder(spec -> spec.maxHeaderSize(65536).maxInitialLineLength(65536))
                .handle(new PathFaults(faults, adapter))
                .bindNow();
        url = URI.create("http://" + options.host() + ":" + server.port());
    }

    /** Starts an emulator; the seed is there when this returns. */
    public static EmulatorServer start(EmulatorOptions options) {
        try {
            return new EmulatorServer(options);
        } catch (SQLException e) {
            throw new IllegalStateException("The emulator's database can't be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The emulator's folders can't be made", e);
        }
    }

    public int port() {
        return server.port();
    }

    /** The port that chunk URLs name. */
    public int storagePort() {
        return storage.port();
    }

    public URI url() {
        return url;
    }

    /** One entry per execution since the start or the last {@link #clearLog()}, oldest first. */
    public List<LogEntry> log() {
        return log.entries();
    }

    public void clearLog() {
        log.clear();
    }

    public void addFault(Fault fault) {
        faults.add(fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Makes every session token of now an expired one (390112); master tokens stay good. */
    public void expireTokens() {
        sessions.expireTokens();
    }

    /** Waits until the server is closed by somebody else. */
    void await() {
        server.onDispose().block();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
        storage.close();
        http.close();
        try {
            executions.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The emulator's database can't be closed", e);
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).subscribe();
        }
    }
}
