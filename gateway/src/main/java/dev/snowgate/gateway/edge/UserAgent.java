package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.model.agent.ClientApplication;

/** What a client without a log-in says it is. */
final class UserAgent {
    private static final int LONGEST = 100;

    private UserAgent() {}

    /** The first product of the {@code User-Agent} header. */
    static ClientApplication of(RequestHead head) {
        String first = head.header("User-Agent").orElse("unknown").strip().split("\\s", 2)[0];
        int slash = first.indexOf('/');
        return slash < 0
                ? new ClientApplication(cut(first), "")
                : new ClientApplication(cut(first.substring(0, slash)), cut(first.substring(slash + 1)));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
