package dev.snowgate.model.statement;

import dev.snowgate.catalog.SessionOverlay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything outside its text that decides what a statement means upstream. A value: a change makes a new one with the
 * next epoch. Names are as Snowflake reports them (upper case unless quoted).
 *
 * @param account the upstream account
 * @param user the upstream user
 * @param role the role in force
 * @param secondaryRoles secondary roles in force; empty means NONE
 * @param warehouse the warehouse in force, if any
 * @param database the database in force, if any
 * @param schema the schema in force, if any
 * @param searchPath schemas searched for unqualified names, as written in SEARCH_PATH
 * @param parameters tracked and forwarded session parameters, upper-case name to text
 * @param variables names of session variables that exist
 * @param temporaryObjects fully qualified names of temporary objects of this session
 * @param overlay what the temporary objects and variables were made of, as far as it is known
 * @param transaction what is known of the transaction
 * @param autocommit whether AUTOCOMMIT is on
 * @param epoch grows by one whenever anything here changes
 */
public record SessionContext(
        String account,
        String user,
        String role,
        Set<String> secondaryRoles,
        Optional<String> warehouse,
        Optional<String> database,
        Optional<String> schema,
        List<String> searchPath,
        SortedMap<String, String> parameters,
        Set<String> variables,
        Set<String> temporaryObjects,
        SessionOverlay overlay,
        TransactionState transaction,
        boolean autocommit,
        long epoch) {
    public SessionContext {
        secondaryRoles = Set.copyOf(secondaryRoles);
        searchPath = List.copyOf(searchPath);
        parameters = new TreeMap<>(parameters);
        variables = Set.copyOf(variables);
        temporaryObjects = Set.copyOf(temporaryObjects);
    }

    /** With variables and temporary objects of which only the names are known. */
    public SessionContext(
            String account,
            String user,
            String role,
            Set<String> secondaryRoles,
            Optional<String> warehouse,
            Optional<String> database,
            Optional<String> schema,
            List<String> searchPath,
            SortedMap<String, String> parameters,
            Set<String> variables,
            Set<String> temporaryObjects,
            TransactionState transaction,
            boolean autocommit,
            long epoch) {
        this(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                SessionOverlay.NONE,
                transaction,
                autocommit,
                epoch);
    }

    /** A context without tracked state, epoch 0. */
    public static SessionContext of(
            String account,
            String user,
            String role,
            Optional<String> warehouse,
            Optional<String> database,
            Optional<String> schema) {
        return new SessionContext(
                account,
                user,
                role,
                Set.of(),
                warehouse,
                database,
                schema,
                List.of(),
                new TreeMap<>(Map.of()),
                Set.of(),
                Set.of(),
                TransactionState.NONE,
                true,
                0);
    }

    /** Whether unquoted and quoted identifiers fold alike (QUOTED_IDENTIFIERS_IGNORE_CASE). */
    public boolean quotedIdentifiersIgnoreCase() {
        return "true".equalsIgnoreCase(parameters.get("QUOTED_IDENTIFIERS_IGNORE_CASE"));
    }

    /** Whether both mean the same for a statement, the epoch aside. */
    public boolean sameMeaning(SessionContext other) {
        return withEpoch(0).equals(other.withEpoch(0));
    }

    /** The same with another epoch. */
    public SessionContext withEpoch(long newEpoch) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                newEpoch);
    }

    /** The same with another role in force. */
    public SessionContext withRole(String newRole) {
        return new SessionContext(
                account,
                user,
                newRole,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                epoch);
    }

    /** The same with another warehouse in force. */
    public SessionContext withWarehouse(Optional<String> newWarehouse) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                newWarehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                epoch);
    }

    /** The same with another database and schema in force. */
    public SessionContext withNamespace(Optional<String> newDatabase, Optional<String> newSchema) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                newDatabase,
                newSchema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                epoch);
    }

    /** The same with other session parameters. */
    public SessionContext withParameters(SortedMap<String, String> newParameters) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                newParameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                !"false".equalsIgnoreCase(newParameters.getOrDefault("AUTOCOMMIT", "true")),
                epoch);
    }

    /** The same with another transaction state. */
    public SessionContext withTransaction(TransactionState newTransaction) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                newTransaction,
                autocommit,
                epoch);
    }

    /** The same with other secondary roles in force. */
    public SessionContext withSecondaryRoles(Set<String> newSecondaryRoles) {
        return new SessionContext(
                account,
                user,
                role,
                newSecondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                epoch);
    }

    /** The same with other schemas searched for unqualified names. */
    public SessionContext withSearchPath(List<String> newSearchPath) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                newSearchPath,
                parameters,
                variables,
                temporaryObjects,
                overlay,
                transaction,
                autocommit,
                epoch);
    }

    /** The same with other variables and temporary objects; of new ones only the names are known. */
    public SessionContext withOverlay(Set<String> newVariables, Set<String> newTemporaryObjects) {
        return withOverlay(newVariables, newTemporaryObjects, overlay.only(newVariables, newTemporaryObjects));
    }

    /** The same with nothing known of what the session's temporary objects and variables are. */
    public SessionContext withUnknownOverlay() {
        return withOverlay(variables, temporaryObjects, overlay.unknown());
    }

    /** The same with other variables and temporary objects. */
    public SessionContext withOverlay(
            Set<String> newVariables, Set<String> newTemporaryObjects, SessionOverlay newOverlay) {
        return new SessionContext(
                account,
                user,
                role,
                secondaryRoles,
                warehouse,
                database,
                schema,
                searchPath,
                parameters,
                newVariables,
                newTemporaryObjects,
                newOverlay,
                transaction,
                autocommit,
                epoch);
    }
}
