package dev.snowgate.gateway.session;

import static dev.snowgate.gateway.session.SessionFixture.done;
import static dev.snowgate.gateway.session.SessionFixture.now;
import static dev.snowgate.gateway.session.SessionFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.statement.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class SessionsIT {
    private static final ClientApplication CURL = new ClientApplication("curl", "8");
    private SessionFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SessionFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void a_log_in_opens_a_session_that_its_token_finds_again() {
        // When
        OpenedSession opened = fixture.logIn();
        AgentSession found = bySession(opened.sessionToken());

        // Then
        assertThat(found.id()).isEqualTo(opened.session().id());
        assertThat(found.dialect()).isEqualTo(Dialect.DRIVER);
        assertThat(found.principal()).isEqualTo(opened.session().principal());
        assertThat(found.context()).isEqualTo(opened.session().context());
        assertThat(found.context().database()).contains("PROD");
        assertThat(found.context().parameters()).containsEntry("TIMEZONE", "UTC");
        assertThat(fixture.events.kinds()).containsExactly("SESSION_OPENED");
        assertThat(opened.number()).isBetween(1L, 1L << 53);
    }

    @Test
    void names_are_those_of_the_registration_unless_the_client_may_choose() {
        // When
        now(fixture.sessions.logIn(
                request("oauth", fixture.issuer().token(), Optional.of("dev"), Optional.of("analyst"))));

        // Then
        UpstreamLogIn sent = fixture.upstream.opened.getFirst();
        assertThat(sent.role()).isEqualTo("ANALYST");
        assertThat(sent.warehouse()).isEqualTo("WH");
        assertThat(sent.database()).contains("DEV");
        assertThat(sent.schema()).isEmpty();
    }

    @Test
    void a_role_that_is_not_registered_is_refused_and_recorded() {
        assertRefused(
                GatewayErrorCode.AUTHENTICATION_FAILED,
                () -> now(fixture.sessions.logIn(
                        request("OAUTH", fixture.issuer().token(), Optional.empty(), Optional.of("ACCOUNTADMIN")))));
        assertThat(fixture.events.kinds()).containsExactly("LOGIN_REFUSED");
        assertThat(fixture.upstream.opened).isEmpty();
    }

    @Test
    void a_refusal_carries_the_reference_that_it_is_recorded_under() {
        assertThatThrownBy(() -> now(fixture.sessions.logIn(request("no token"))))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(fixture.events.facts().getLast())
                                .containsEntry(
                                        "reference", e.statement().orElseThrow().toString())
                                .containsEntry("reason", e.getMessage()));
        assertThat(fixture.events.kinds()).containsExactly("LOGIN_REFUSED");
    }

    @Test
    void passwords_and_other_methods_are_refused() {
        for (String method : List.of("", "SNOWFLAKE", "SNOWFLAKE_JWT", "EXTERNALBROWSER")) {
            assertRefused(
                    GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED,
                    () -> now(fixture.sessions.logIn(
                            request(method, fixture.issuer().token(), Optional.empty(), Optional.empty()))));
        }
    }

    @Test
    void neither_tokens_nor_upstream_tokens_are_in_the_database_in_clear() throws Exception {
        // Given
        OpenedSession opened = fixture.logIn();

        // When
        try (Connection connection = fixture.database().admin().connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "select coalesce(string_agg(x, ' '), '') from (select encode(t.hash, 'escape') || coalesce("
                                        + "encode(t.successor, 'escape'), '') as x from snowgate.agent_token t union all select"
                                        + " encode(s.upstream, 'escape') from snowgate.agent_session s) as all_of_it")) {
            rows.next();

            // Then
            assertThat(rows.getString(1))
                    .doesNotContain("up-session")
                    .doesNotContain("up-master")
                    .doesNotContain(opened.sessionToken())
                    .doesNotContain(opened.masterToken());
        }
        assertThat(now(fixture.vault().read(opened.session().id())).sessionToken())
                .isEqualTo("up-session-1");
    }

    @Test
    void a_renewal_gives_the_next_pair_and_the_old_token_answers_until_the_new_one_is_used() {
        // Given
        OpenedSession opened = fixture.logIn();

        // When
        RenewedTokens renewed = now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken()));

        // Then
        assertThat(renewed.sessionToken()).isNotEqualTo(opened.sessionToken());
        assertThat(renewed.number()).isEqualTo(opened.number());
        assertThat(bySession(opened.sessionToken()).id())
                .isEqualTo(opened.session().id());
        assertThat(bySession(renewed.sessionToken()).id())
                .isEqualTo(opened.session().id());
        assertRefused(GatewayErrorCode.SESSION_TOKEN_EXPIRED, () -> bySession(opened.sessionToken()));
        assertThat(fixture.events.kinds()).containsExactly("SESSION_OPENED", "SESSION_RENEWED");
    }

    @Test
    void parallel_renewals_get_the_same_pair_and_are_recorded_once() {
        // Given
        OpenedSession opened = fixture.logIn();

        // When
        List<String> tokens = now(Flux.range(0, 12)
                .flatMap(i -> fixture.sessions.renew(opened.masterToken(), opened.sessionToken()), 12)
                .map(renewed -> renewed.sessionToken() + renewed.masterToken())
                .distinct()
                .collectList());

        // Then
        assertThat(tokens).hasSize(1);
        assertThat(fixture.events.kinds()).containsOnlyOnce("SESSION_RENEWED");
    }

    @Test
    void a_late_thread_renews_with_the_old_pair_after_the_new_token_was_used() {
        // Given
        OpenedSession opened = fixture.logIn();
        RenewedTokens renewed = now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken()));
        bySession(renewed.sessionToken());

        // When
        RenewedTokens again = now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken()));

        // Then
        assertThat(again.sessionToken()).isEqualTo(renewed.sessionToken());
    }

    @Test
    void a_replaced_master_token_ends_with_the_overlap() {
        // Given
        OpenedSession opened = fixture.logIn();
        RenewedTokens renewed = now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken()));
        fixture.clock.forward(Duration.ofMinutes(11));

        // Then
        assertRefused(
                GatewayErrorCode.MASTER_TOKEN_INVALID,
                () -> now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken())));
        assertRefused(GatewayErrorCode.SESSION_TOKEN_EXPIRED, () -> bySession(opened.sessionToken()));
        assertThat(now(fixture.sessions.renew(renewed.masterToken(), renewed.sessionToken())))
                .isNotNull();
    }

    @Test
    void a_renewal_needs_both_tokens_of_the_same_session() {
        // Given
        OpenedSession one = fixture.logIn();
        OpenedSession two = fixture.logIn();

        // Then
        assertRefused(
                GatewayErrorCode.MASTER_TOKEN_INVALID,
                () -> now(fixture.sessions.renew(one.masterToken(), two.sessionToken())));
        assertRefused(
                GatewayErrorCode.MASTER_TOKEN_INVALID,
                () -> now(fixture.sessions.renew(one.sessionToken(), one.sessionToken())));
        assertRefused(GatewayErrorCode.AUTHENTICATION_FAILED, () -> bySession(one.masterToken()));
    }

    @Test
    void an_expired_session_token_asks_for_a_renewal_and_an_ended_session_for_a_log_in() {
        // Given
        OpenedSession opened = fixture.logIn();

        // Then
        fixture.clock.forward(Duration.ofMinutes(61));
        assertRefused(GatewayErrorCode.SESSION_TOKEN_EXPIRED, () -> bySession(opened.sessionToken()));
        fixture.clock.forward(Duration.ofHours(24));
        assertRefused(GatewayErrorCode.SESSION_GONE, () -> bySession(opened.sessionToken()));
    }

    @Test
    void a_log_out_ends_the_session_here_and_upstream_once() {
        // Given
        OpenedSession opened = fixture.logIn();

        // When
        done(fixture.sessions.logOut(opened.session()));
        done(fixture.sessions.logOut(opened.session()));

        // Then
        assertRefused(GatewayErrorCode.SESSION_GONE, () -> bySession(opened.sessionToken()));
        assertRefused(
                GatewayErrorCode.SESSION_GONE,
                () -> now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken())));
        assertRefused(
                GatewayErrorCode.SESSION_GONE,
                () -> now(fixture.vault().read(opened.session().id())));
        assertThat(fixture.upstream.closed).hasSize(1);
        assertThat(fixture.events.kinds()).containsExactly("SESSION_OPENED", "SESSION_CLOSED");
    }

    @Test
    void a_suspended_agent_is_stopped_with_its_next_call() {
        // Given
        OpenedSession opened = fixture.logIn();
        fixture.sql(
                "insert into snowgate.agent_standing (agent, suspended_at, suspended_by) values ('copilot', now(), 'eve')");

        // Then
        assertRefused(GatewayErrorCode.AGENT_SUSPENDED, () -> bySession(opened.sessionToken()));
        assertRefused(
                GatewayErrorCode.AGENT_SUSPENDED,
                () -> now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken())));
        assertRefused(GatewayErrorCode.AGENT_SUSPENDED, () -> fixture.logIn());
        assertRefused(
                GatewayErrorCode.AGENT_SUSPENDED,
                () -> byBearer(fixture.issuer().token()));
    }

    @Test
    void the_kill_switch_for_all_agents_stops_each() {
        OpenedSession opened = fixture.logIn();
        fixture.sql(
                "insert into snowgate.agent_standing (agent, suspended_at, suspended_by) values ('*', now(), 'eve')");

        assertRefused(GatewayErrorCode.AGENT_SUSPENDED, () -> bySession(opened.sessionToken()));
    }

    @Test
    void a_token_that_was_never_issued_is_not_known() {
        assertRefused(GatewayErrorCode.AUTHENTICATION_FAILED, () -> bySession("sgs_guess"));
        assertRefused(GatewayErrorCode.AUTHENTICATION_FAILED, () -> bySession(""));
    }

    @Test
    void a_session_that_cannot_be_recorded_is_not_opened() {
        // Given
        fixture.events.breakDown();

        // Then
        assertRefused(GatewayErrorCode.RECORDING_UNAVAILABLE, () -> fixture.logIn());
        assertThat(fixture.upstream.closed).hasSize(1);
    }

    @Test
    void without_the_database_nobody_is_let_in_and_service_resumes() {
        // Given
        OpenedSession opened = fixture.logIn();
        fixture.sql("alter table snowgate.agent_token rename to agent_token_gone");

        // Then
        assertRefused(GatewayErrorCode.RECORDING_UNAVAILABLE, () -> bySession(opened.sessionToken()));
        assertRefused(GatewayErrorCode.RECORDING_UNAVAILABLE, () -> fixture.logIn());
        fixture.sql("alter table snowgate.agent_token_gone rename to agent_token");
        assertThat(bySession(opened.sessionToken()).id())
                .isEqualTo(opened.session().id());
    }

    @Test
    void requests_of_one_bearer_token_share_one_session() {
        // Given
        String token = fixture.issuer().token();

        // When
        List<AgentSession> sessions = now(Flux.range(0, 8)
                .flatMap(i -> fixture.authenticator.byBearer(token, "OAUTH", "10.0.0.2", CURL), 8)
                .collectList());

        // Then
        assertThat(sessions)
                .extracting(AgentSession::id)
                .containsOnly(sessions.getFirst().id());
        assertThat(sessions.getFirst().dialect()).isEqualTo(Dialect.SQL_API);
        assertThat(sessions.getFirst().context().role()).isEqualTo("SUPPORT");
        assertThat(sessions.getFirst().context().user()).isEqualTo("COPILOT");
        assertThat(fixture.events.kinds()).containsExactly("SESSION_OPENED");
        assertThat(byBearer(fixture.issuer().token(claims -> claims.jwtID("other")))
                        .id())
                .isNotEqualTo(sessions.getFirst().id());
    }

    @Test
    void an_idle_bearer_session_is_followed_by_another_one() {
        // Given
        String token = fixture.issuer()
                .token(claims -> claims.expirationTime(
                        java.util.Date.from(java.time.Instant.now().plus(Duration.ofHours(3)))));
        AgentSession first = byBearer(token);
        fixture.clock.forward(Duration.ofMinutes(20));
        assertThat(byBearer(token).id()).isEqualTo(first.id());

        // When
        fixture.clock.forward(Duration.ofMinutes(31));

        // Then
        assertThat(byBearer(token).id()).isNotEqualTo(first.id());
        assertThat(fixture.events.kinds()).containsExactly("SESSION_OPENED", "SESSION_CLOSED", "SESSION_OPENED");
    }

    @Test
    void other_kinds_of_bearer_tokens_are_refused() {
        assertRefused(
                GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED,
                () -> now(fixture.authenticator.byBearer(fixture.issuer().token(), "KEYPAIR_JWT", "10.0.0.2", CURL)));
        assertRefused(GatewayErrorCode.AUTHENTICATION_FAILED, () -> byBearer("abc"));
    }

    @Test
    void upkeep_beats_living_sessions_and_ends_those_whose_time_is_over() {
        // Given
        OpenedSession opened = fixture.logIn();
        OpenedSession over = fixture.logIn();
        bySession(opened.sessionToken());
        fixture.sql("update snowgate.agent_session set expires_at = now() - interval '1 minute' where id = '"
                + over.session().id() + "'");

        // When
        done(fixture.sessions.keepAlive());

        // Then
        assertThat(fixture.upstream.beaten).containsExactly(opened.session().id());
        assertThat(fixture.upstream.closed).hasSize(1);
        assertRefused(GatewayErrorCode.SESSION_GONE, () -> bySession(over.sessionToken()));
    }

    @Test
    void a_heartbeat_prolongs_the_master_token() {
        // Given
        OpenedSession opened = fixture.logIn();
        fixture.clock.forward(Duration.ofHours(3));

        // When
        done(fixture.sessions.heartbeat(opened.session()));
        fixture.clock.forward(Duration.ofHours(3));

        // Then
        assertThat(now(fixture.sessions.renew(opened.masterToken(), opened.sessionToken())))
                .isNotNull();
    }

    private AgentSession bySession(String token) {
        return now(fixture.authenticator.bySessionToken(token, "10.0.0.1"));
    }

    private AgentSession byBearer(String token) {
        return now(fixture.authenticator.byBearer(token, "", "10.0.0.2", CURL));
    }

    private static void assertRefused(GatewayErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
