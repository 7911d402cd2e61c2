package dev.snowgate.db;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a migration needs to know.
 *
 * @param url JDBC URL of the database
 * @param owner role that owns the schema, usually {@code snowgate_owner}
 * @param ownerPassword its password
 * @param gatewayPassword password to set for {@code snowgate_gateway}; empty leaves an existing role as it is
 * @param consolePassword password to set for {@code snowgate_console}; empty leaves an existing role as it is
 * @param admin a superuser that creates the owner and the database where they are missing; empty where a DBA did it
 * @param adminPassword its password
 * @param policies folder whose files become policy version 1 if there is no version yet
 * @param protection file of protection marks to be added where they are missing
 */
public record MigrationSettings(
        String url,
        String owner,
        Secret ownerPassword,
        Optional<Secret> gatewayPassword,
        Optional<Secret> consolePassword,
        Optional<String> admin,
        Optional<Secret> adminPassword,
        Optional<Path> policies,
        Optional<Path> protection) {

    /** Settings for an existing database and owner, without seeds. */
    public static MigrationSettings of(
            String url, String owner, String ownerPassword, String gatewayPassword, String consolePassword) {
        return new MigrationSettings(
                url,
                owner,
                new Secret(ownerPassword),
                Optional.of(new Secret(gatewayPassword)),
                Optional.of(new Secret(consolePassword)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, creating owner and database under a superuser where they are missing. */
    public MigrationSettings withAdmin(String adminRole, String password) {
        return new MigrationSettings(
                url,
                owner,
                ownerPassword,
                gatewayPassword,
                consolePassword,
                Optional.of(adminRole),
                Optional.of(new Secret(password)),
                policies,
                protection);
    }

    /** The same with a folder of policies and a file of protection marks to seed. */
    public MigrationSettings withSeeds(Optional<Path> policyFolder, Optional<Path> protectionFile) {
        return new MigrationSettings(
                url,
                owner,
                ownerPassword,
                gatewayPassword,
                consolePassword,
                admin,
                adminPassword,
                policyFolder,
                protectionFile);
    }
}
