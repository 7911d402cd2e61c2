package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.sealing.KeyRing;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the sessions together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentityProperties.class, SessionProperties.class})
public class SessionConfiguration {
    @Bean
    SessionStore sessionStore(DatabaseClient database, SessionProperties properties) {
        return new SessionStore(database, properties.databaseTimeout());
    }

    @Bean
    LiveSessions liveSessions(SessionStore sessions, Clock clock) {
        return new LiveSessions(sessions, clock);
    }

    @Bean
    TokenStore tokenStore(DatabaseClient database, SessionStore sessions) {
        return new TokenStore(database, sessions);
    }

    @Bean
    UpstreamTokenVault upstreamTokenVault(SessionStore sessions, KeyRing keys, Clock clock) {
        return new UpstreamTokenVault(sessions, keys, clock);
    }

    @Bean
    SeenSessions seenSessions(SessionStore sessions) {
        return new SeenSessions(sessions);
    }

    @Bean
    NewSessions newSessions(IdentityProperties identities, SessionStore sessions, Recorder recorder, Clock clock) {
        return new NewSessions(new IdentityTokens(identities, clock), sessions, recorder);
    }

    @Bean
    Authenticator authenticator(
            NewSessions admission,
            TokenStore tokens,
            SessionStore sessions,
            UpstreamTokenVault vault,
            SeenSessions seen,
            IdentityProperties identities,
            SessionProperties properties,
            @Value("${snowgate.upstream.account:${snowgate.account}}") String upstreamAccount,
            Clock clock) {
        BearerSessions bearers =
                new BearerSessions(admission, tokens, sessions, vault, identities, properties, upstreamAccount, clock);
        return new Authenticator(tokens, bearers, seen, properties, clock);
    }

    @Bean
    Sessions sessions(
            NewSessions admission,
            TokenStore tokens,
            SessionStore sessions,
            UpstreamTokenVault vault,
            UpstreamSessions upstream,
            SeenSessions seen,
            IdentityProperties identities,
            SessionProperties properties,
            Clock clock) {
        Renewals renewals = new Renewals(tokens, vault, identities, admission, properties, clock);
        return new Sessions(
                admission, tokens, sessions, vault, upstream, renewals, seen, identities, properties, clock);
    }
}
