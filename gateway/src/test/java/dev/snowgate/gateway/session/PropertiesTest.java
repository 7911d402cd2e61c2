package dev.snowgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {
    private static final Map<String, String> LEAST = Map.of(
            "snowgate.account", "ACME",
            "snowgate.issuers[0].alias", "corp",
            "snowgate.issuers[0].issuer-uri", "https://id.example",
            "snowgate.issuers[0].jwk-set-uri", "https://id.example/jwks",
            "snowgate.issuers[0].audience[0]", "snowgate",
            "snowgate.agents.support-copilot.role", "SUPPORT",
            "snowgate.agents.support-copilot.warehouse", "WH");

    @Test
    void defaults_are_pinned() {
        // When
        IdentityProperties identities = identities(Map.of());
        SessionProperties sessions = bind(Map.of(), "snowgate.session", SessionProperties.class);

        // Then
        IssuerProperties issuer = identities.issuers().getFirst();
        assertThat(issuer.algorithms()).containsExactly("RS256");
        assertThat(issuer.agentClaim()).containsExactly("azp", "client_id", "sub");
        assertThat(issuer.groupsClaim()).isEqualTo("groups");
        assertThat(issuer.personClaim()).containsExactly("email", "act.email", "act.sub");
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(issuer.strict()).isFalse();
        AgentRegistration agent = identities.agent("support-copilot").orElseThrow();
        assertThat(agent.userOf("support-copilot")).isEqualTo("SUPPORT_COPILOT");
        assertThat(agent.roles()).isEmpty();
        assertThat(sessions).isEqualTo(SessionProperties.defaults());
    }

    @Test
    void a_full_example_is_read() {
        // When
        IdentityProperties identities = identities(Map.ofEntries(
                Map.entry("snowgate.issuers[0].algorithms", "ES256,RS512"),
                Map.entry("snowgate.issuers[0].agent-claim", "client_id"),
                Map.entry("snowgate.issuers[0].groups-claim", "realm.roles"),
                Map.entry("snowgate.issuers[0].person-claim", "upn"),
                Map.entry("snowgate.issuers[0].clock-skew", "5s"),
                Map.entry("snowgate.issuers[0].strict", "true"),
                Map.entry("snowgate.agents.support-copilot.upstream-user", "BOT"),
                Map.entry("snowgate.agents.support-copilot.private-key-file", "keys/bot.p8"),
                Map.entry("snowgate.agents.support-copilot.roles", "ANALYST"),
                Map.entry("snowgate.agents.support-copilot.warehouses", "WH2"),
                Map.entry("snowgate.agents.support-copilot.database", "PROD"),
                Map.entry("snowgate.agents.support-copilot.schema", "CRM"),
                Map.entry("snowgate.agents.support-copilot.owners", "Eve@Example.com")));

        // Then
        AgentRegistration agent = identities.agent("support-copilot").orElseThrow();
        assertThat(identities.issuers().getFirst().algorithms()).containsExactly("ES256", "RS512");
        assertThat(agent.userOf("support-copilot")).isEqualTo("BOT");
        assertThat(agent.owners()).containsExactly("eve@example.com");
        assertThat(agent.ownKey()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "snowgate.issuers[0].algorithms, HS256, algorithms",
        "snowgate.issuers[0].algorithms, none, algorithms",
        "snowgate.issuers[0].jwk-set-uri, nowhere, jwk-set-uri",
        "snowgate.issuers[0].clock-skew, 2h, clock-skew",
        "snowgate.account, ' ', snowgate.account",
        "snowgate.agents.support-copilot.role, '', role"
    })
    void a_wrong_value_ends_the_start_and_names_its_key(String key, String value, String named) {
        assertThatThrownBy(() -> identities(Map.of(key, value))).rootCause().hasMessageContaining(named);
    }

    @Test
    void two_issuers_cannot_share_a_name() {
        IssuerProperties issuer = identities(Map.of()).issuers().getFirst();

        assertThatThrownBy(() -> new IdentityProperties("ACME", List.of(issuer, issuer), Map.of()))
                .hasMessageContaining("twice");
    }

    @Test
    void a_master_token_lives_at_least_as_long_as_a_session_token() {
        assertThatThrownBy(() -> bind(
                        Map.of("snowgate.session.master-validity", "10m"), "snowgate.session", SessionProperties.class))
                .rootCause()
                .hasMessageContaining("master-validity");
    }

    @Test
    void claims_are_read_by_name_or_path() {
        TokenClaims claims = new TokenClaims(Map.of(
                "https://x.example/groups", List.of("a", 7, " "),
                "realm", Map.of("roles", "b, c d"),
                "act", Map.of("sub", "carla")));

        assertThat(claims.groups("https://x.example/groups")).containsExactly("a");
        assertThat(claims.groups("realm.roles")).containsExactly("b", "c", "d");
        assertThat(claims.text("act.sub")).contains("carla");
        assertThat(claims.text("act.sub.more")).isEmpty();
        assertThat(claims.groups("none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prod,PROD", "'\"My Db\"',My Db", "'\"a\"\"b\"','a\"b'", "' x ',X"})
    void names_of_a_log_in_are_folded_as_snowflake_does(String written, String stored) {
        assertThat(WishedNames.stored(Optional.of(written))).contains(stored);
    }

    @Test
    void secrets_do_not_show_themselves() {
        TokenPair pair = TokenPair.random();

        assertThat(pair.toString()).doesNotContain(pair.sessionToken()).doesNotContain(pair.masterToken());
        assertThat(pair.sessionToken()).startsWith("sgs_").hasSize(47);
        assertThat(pair.masterToken()).startsWith("sgm_").hasSize(47);
        assertThat(new UpstreamTokens("abc", "def", 1).toString())
                .doesNotContain("abc")
                .doesNotContain("def");
        assertThat(SessionFixture.request("the-token").toString()).doesNotContain("the-token");
    }

    private static IdentityProperties identities(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(more);
        return bind(all, "snowgate", IdentityProperties.class);
    }

    private static <T> T bind(Map<String, String> values, String prefix, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
