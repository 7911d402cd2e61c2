package dev.snowgate.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link EmulatorOptions}; everything not said keeps its default. */
public final class EmulatorOptionsBuilder {
    private final EmulatorOptions base;
    private final List<EmulatedUser> users;
    private String account;
    private int port;
    private int storagePort;
    private Duration pollWait;
    private int inlineBytes;
    private long firstChunkBytes;
    private long maxChunkBytes;
    private long rowsPerChunk;
    private long inlineRows;
    private Duration chunkUrlLifetime;
    private Duration resultLifetime;
    private Duration sessionTokenLifetime;
    private @Nullable Path dataDir;
    private @Nullable Path logFile;
    private boolean logToConsole;
    private int customers;
    private int orders;
    private int tickets;
    private String memoryLimit;

    EmulatorOptionsBuilder(EmulatorOptions base) {
        this.base = base;
        users = new ArrayList<>(base.users());
        account = base.account();
        port = base.port();
        storagePort = base.storagePort();
        pollWait = base.pollWait();
        inlineBytes = base.inlineBytes();
        firstChunkBytes = base.firstChunkBytes();
        maxChunkBytes = base.maxChunkBytes();
        rowsPerChunk = base.rowsPerChunk();
        inlineRows = base.inlineRows();
        chunkUrlLifetime = base.chunkUrlLifetime();
        resultLifetime = base.resultLifetime();
        sessionTokenLifetime = base.sessionTokenLifetime();
        dataDir = base.dataDir();
        logFile = base.logFile();
        logToConsole = base.logToConsole();
        customers = base.customers();
        orders = base.orders();
        tickets = base.tickets();
        memoryLimit = base.memoryLimit();
    }

    public EmulatorOptionsBuilder account(String name) {
        account = name;
        return this;
    }

    public EmulatorOptionsBuilder user(EmulatedUser user) {
        users.add(user);
        return this;
    }

    public EmulatorOptionsBuilder ports(int main, int storage) {
        port = main;
        storagePort = storage;
        return this;
    }

    /** Longest wait before an in-progress answer. */
    public EmulatorOptionsBuilder pollWait(Duration wait) {
        pollWait = wait;
        return this;
    }

    public EmulatorOptionsBuilder inlineBytes(int bytes) {
        inlineBytes = bytes;
        return this;
    }

    /** Sizes between which chunks grow, in uncompressed bytes. */
    public EmulatorOptionsBuilder chunkBytes(long first, long most) {
        firstChunkBytes = first;
        maxChunkBytes = most;
        return this;
    }

    /** Rows inline (at most) and per chunk (exactly), whatever their size. */
    public EmulatorOptionsBuilder rows(long inline, long perChunk) {
        inlineRows = inline;
        rowsPerChunk = perChunk;
        return this;
    }

    public EmulatorOptionsBuilder chunkUrlLifetime(Duration lifetime) {
        chunkUrlLifetime = lifetime;
        return this;
    }

    public EmulatorOptionsBuilder resultLifetime(Duration lifetime) {
        resultLifetime = lifetime;
        return this;
    }

    public EmulatorOptionsBuilder sessionTokenLifetime(Duration lifetime) {
        sessionTokenLifetime = lifetime;
        return this;
    }

    public EmulatorOptionsBuilder dataDir(Path dir) {
        dataDir = dir;
        return this;
    }

    public EmulatorOptionsBuilder logFile(Path file) {
        logFile = file;
        return this;
    }

    public EmulatorOptionsBuilder logToConsole(boolean log) {
        logToConsole = log;
        return this;
    }

    /** Rows of the three larger tables of the seed. */
    public EmulatorOptionsBuilder seed(int customerRows, int orderRows, int ticketRows) {
        customers = customerRows;
        orders = orderRows;
        tickets = ticketRows;
        return this;
    }

    public EmulatorOptionsBuilder memoryLimit(String limit) {
        memoryLimit = limit;
        return this;
    }

    public EmulatorOptions build() {
        return new EmulatorOptions(
                account,
                users,
                base.host(),
                port,
                storagePort,
                pollWait,
                inlineBytes,
                firstChunkBytes,
                maxChunkBytes,
                rowsPerChunk,
                inlineRows,
                chunkUrlLifetime,
                resultLifetime,
                sessionTokenLifetime,
                base.masterTokenLifetime(),
                dataDir,
                logFile,
                logToConsole,
                customers,
                orders,
                tickets,
                memoryLimit);
    }
}
