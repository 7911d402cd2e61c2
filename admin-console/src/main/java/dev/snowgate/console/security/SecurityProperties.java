package dev.snowgate.console.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How claims of the identity provider become people and roles.
 *
 * @param registration name of the log-in's client registration
 * @param endSessionUri the identity provider's log-out, empty text to log out of the console only
 * @param issuerAlias alias of the issuer, as the gateway names it
 * @param groupsClaim claim that holds the groups
 * @param personClaim claim that names the human being, compared in lower case with the person behind an agent
 * @param verifiedClaim claim that must be true for the person claim to count; empty text asks for none
 * @param roles which groups give which role
 */
@ConfigurationProperties(prefix = "snowgate.console.security", ignoreUnknownFields = false)
public record SecurityProperties(
        @DefaultValue("console") String registration,
        @DefaultValue("") String endSessionUri,
        @DefaultValue("oidc") String issuerAlias,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue("email") String personClaim,
        @DefaultValue("email_verified") String verifiedClaim,
        @DefaultValue RoleGroups roles) {

    /** Groups whose members hold a role. */
    public record RoleGroups(
            @DefaultValue("admins") List<String> admin,
            @DefaultValue({"approvers", "data-owners"}) List<String> approver,
            @DefaultValue("auditors") List<String> auditor) {}
}
