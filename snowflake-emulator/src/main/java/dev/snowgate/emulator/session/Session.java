package dev.snowgate.emulator.session;

import dev.snowgate.emulator.EmulatedUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The state of one session; for the SQL API, of one request. Fields are read and written by several threads. */
public final class Session {
    private final long id;
    private final EmulatedUser user;
    private final String clientApp;
    private final boolean stateless;
    private final Map<String, String> parameters = new ConcurrentSkipListMap<>();
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final List<String> queryIds = new CopyOnWriteArrayList<>();
    private volatile String role;
    private volatile String secondaryRoles = "NONE";
    private volatile @Nullable String warehouse;
    private volatile @Nullable String database;
    private volatile @Nullable String schema;
    private volatile boolean inTransaction;
    private volatile boolean temporaryObjects;
    private volatile boolean closed;

    public Session(long id, EmulatedUser user, String role, String clientApp, boolean stateless) {
        this.id = id;
        this.user = user;
        this.role = role;
        this.clientApp = clientApp;
        this.stateless = stateless;
        this.warehouse = user.warehouse();
        this.database = user.database();
        this.schema = user.schema();
    }

    public long id() {
        return id;
    }

    public EmulatedUser user() {
        return user;
    }

    public String clientApp() {
        return clientApp;
    }

    /** True for the one-request session of the SQL API. */
    public boolean stateless() {
        return stateless;
    }

    public String role() {
        return role;
    }

    public void useRole(String name) {
        role = name;
    }

    public String secondaryRoles() {
        return secondaryRoles;
    }

    public void useSecondaryRoles(String names) {
        secondaryRoles = names;
    }

    public @Nullable String warehouse() {
        return warehouse;
    }

    public void useWarehouse(String name) {
        warehouse = name;
    }

    public @Nullable String database() {
        return database;
    }

    public @Nullable String schema() {
        return schema;
    }

    public void useSchema(@Nullable String newDatabase, @Nullable String newSchema) {
        database = newDatabase;
        schema = newSchema;
    }

    public boolean inTransaction() {
        return inTransaction;
    }

    public void transaction(boolean open) {
        inTransaction = open;
    }

    public boolean temporaryObjects() {
        return temporaryObjects;
    }

    public void createdTemporaryObject() {
        temporaryObjects = true;
    }

    public boolean closed() {
        return closed;
    }

    public void close() {
        closed = true;
    }

    public boolean autocommit() {
        return !"false".equalsIgnoreCase(parameter("AUTOCOMMIT"));
    }

    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    public void parameter(String name, String value) {
        parameters.put(name.toUpperCase(Locale.ROOT), value);
    }

    public void unsetParameter(String name) {
        parameters.remove(name.toUpperCase(Locale.ROOT));
    }

    /** Session parameters and, over them, those of one statement. */
    public Map<String, String> parameters(Map<String, String> statementParameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        statementParameters.forEach((name, value) -> all.put(name.toUpperCase(Locale.ROOT), value));
        return all;
    }

    public Map<String, String> variables() {
        return variables;
    }

    public List<String> queryIds() {
        return queryIds;
    }
}
