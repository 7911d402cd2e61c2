package dev.snowgate.console.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How claims of the identity provider become people and roles.
 *
 * @param issuerAlias alias of the issuer, as the gateway names it
 * @param groupsClaim claim that holds the groups
 * @param personClaim claim that names the human being, compared in lower case with the person behind an agent
 * @param verifiedClaim claim that must be true for the person claim to count; empty text asks for none
 * @param roles which groups give which role
 */
@ConfigurationProperties(prefix = "snowgate.console.security", ignoreUnknownFields = false)
public record SecurityProperties(
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
