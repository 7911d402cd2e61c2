package dev.snowgate.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.recording.LedgerFixture;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CurrentPolicyIT {
    private static final String POLICY = """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: test
            rules:
              - name: reads
                effect: allow
                statements: {effects: [read]}
                objects: any
            """;
    private final LedgerFixture f = new LedgerFixture();
    private final CurrentPolicy policy = new CurrentPolicy(new PolicyStore(f.store));

    @AfterEach
    void close() {
        f.close();
    }

    private void publish(long version, String text) {
        f.execute("insert into policy_version (version, created_by) values (?, 'bob')", version);
        f.execute("insert into policy_file (version, path, text) values (?, 'test.yaml', ?)", version, text);
        f.execute(
                "insert into policy_file (version, path, text) values (?, 'test_test.yaml', 'no policy at all')",
                version);
        f.execute("update policy_version set published_at = now(), published_by = 'bob' where version = ?", version);
        f.execute(
                "insert into policy_active (version) values (?) on conflict (singleton) do update set version = excluded.version",
                version);
    }

    @Test
    void before_any_version_is_published_nothing_is_decided() {
        // When
        policy.reload().block();
        // Then
        assertThatThrownBy(policy::current)
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.POLICY_UNAVAILABLE));
    }

    @Test
    void a_published_version_replaces_the_running_one() {
        // Given
        publish(1, POLICY);
        policy.reload().block();
        assertThat(policy.problem()).isEmpty();
        long first = policy.current().version();
        // When
        publish(2, POLICY);
        policy.reload().block();
        // Then
        assertThat(first).isEqualTo(1);
        assertThat(policy.current().version()).isEqualTo(2);
        assertThat(policy.problem()).isEmpty();
    }

    @Test
    void a_version_that_does_not_compile_never_replaces_a_running_one() {
        // Given
        publish(1, POLICY);
        policy.reload().block();
        // When
        publish(2, "apiVersion: snowgate.dev/v1\nkind: Policy\nrules: 17\n");
        policy.reload().block();
        // Then
        assertThat(policy.current().version()).isEqualTo(1);
        assertThat(policy.version()).contains(1L);
        assertThat(policy.problem()).isPresent();
    }
}
