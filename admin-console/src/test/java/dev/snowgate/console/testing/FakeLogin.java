package dev.snowgate.console.testing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** {@code /test-login?as=mara} logs a person in. Lives in test sources only. */
@Configuration(proxyBeanMethods = false)
class FakeLogin {
    private static final Map<String, String> NAMES =
            Map.of("mara", "Mara Lindqvist", "dana", "Dana Whitfield", "audra", "Audra Petit", "adam", "Adam Nowak");

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> fakeLoginFilter() {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new Filter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        registration.addUrlPatterns("/test-login");
        return registration;
    }

    /** An OpenID Connect log-in of that person. */
    static OAuth2AuthenticationToken token(String who) {
        boolean approver = !who.equals("audra");
        boolean admin = who.equals("adam");
        List<String> groups =
                admin ? List.of("admins") : approver ? List.of("approvers", "data-security") : List.of("auditors");
        OidcIdToken id = new OidcIdToken(
                "none",
                Instant.now(),
                Instant.now().plusSeconds(3600),
                Map.of(
                        "sub",
                        who,
                        "email",
                        who + "@acme.example",
                        "email_verified",
                        true,
                        "name",
                        NAMES.getOrDefault(who, who),
                        "groups",
                        groups));
        Set<GrantedAuthority> roles =
                Set.of(new SimpleGrantedAuthority(admin ? "ROLE_ADMIN" : approver ? "ROLE_APPROVER" : "ROLE_AUDITOR"));
        return new OAuth2AuthenticationToken(new DefaultOidcUser(roles, id), roles, "console");
    }

    private static final class Filter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String who = request.getParameter("as") == null ? "mara" : request.getParameter("as");
            request.getSession(true)
                    .setAttribute(
                            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                            new SecurityContextImpl(token(who)));
            String to = request.getParameter("to");
            response.sendRedirect(to == null ? "/approvals" : to);
        }
    }
}
