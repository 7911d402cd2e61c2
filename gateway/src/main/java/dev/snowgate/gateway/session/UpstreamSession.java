package dev.snowgate.gateway.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An upstream session just opened.
 *
 * @param tokens its tokens
 * @param account the upstream account
 * @param user the upstream user
 * @param names names in force as the upstream reports them: {@code database}, {@code schema}, {@code warehouse}, {@code role}
 * @param parameters parameters to tell the client
 * @param inForce the wished parameters that were forwarded: they are part of the session's context
 * @param dropped names of wished parameters that were not forwarded, for the recording
 */
public record UpstreamSession(
        UpstreamTokens tokens,
        String account,
        String user,
        Map<String, Optional<String>> names,
        Map<String, Object> parameters,
        SortedMap<String, String> inForce,
        List<String> dropped) {
    /** The name in force, if the upstream reported one. */
    public Optional<String> name(String key) {
        return names.getOrDefault(key, Optional.empty());
    }
}
