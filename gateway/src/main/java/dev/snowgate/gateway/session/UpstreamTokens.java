package dev.snowgate.gateway.session;

/**
 * The upstream's own tokens of one session. Never leave the gateway; stored sealed.
 *
 * @param sessionToken authenticates calls
 * @param masterToken renews the session token
 * @param upstreamSession the upstream's number of the session
 */
public record UpstreamTokens(String sessionToken, String masterToken, long upstreamSession) {
    @Override
    public String toString() {
        return "UpstreamTokens[" + upstreamSession + "]";
    }
}
