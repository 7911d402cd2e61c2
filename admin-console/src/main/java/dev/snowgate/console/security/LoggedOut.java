package dev.snowgate.console.security;

import com.vaadin.flow.spring.security.UidlRedirectStrategy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a person goes after logging out: to the identity provider's own log-out, if its address is configured, and else to a
 * plain page. Never straight back to the log-in, which would log in again without asking.
 */
final class LoggedOut extends SimpleUrlLogoutSuccessHandler {
    static final String PAGE = "/logged-out.html";
    private final String endSessionUri;

    LoggedOut(String endSessionUri) {
        this.endSessionUri = endSessionUri;
        setRedirectStrategy(new UidlRedirectStrategy());
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (endSessionUri.isEmpty()
                || authentication == null
                || !(authentication.getPrincipal() instanceof OidcUser user)) {
            return request.getContextPath() + PAGE;
        }
        String home = UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
                .replacePath(request.getContextPath() + "/")
                .replaceQuery(null)
                .toUriString();
        return UriComponentsBuilder.fromUriString(endSessionUri)
                .queryParam("id_token_hint", user.getIdToken().getTokenValue())
                .queryParam("post_logout_redirect_uri", home)
                .encode()
                .toUriString();
    }
}
