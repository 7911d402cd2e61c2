package dev.snowgate.demo.identity;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who exists.
 *
 * @param issuer the issuer's address as tokens name it
 * @param keyFile where the signing key is kept, so that tokens outlive a restart
 * @param audience audience of agents' tokens
 * @param agentTokenLife life of an agent's token
 * @param consoleUrl address of the console, to which log-ins return
 * @param consoleSecret client secret of the console
 * @param people who can log in to the console
 * @param agents who can get agent tokens
 */
@ConfigurationProperties("demo.identity")
record IdentityProperties(
        String issuer,
        String keyFile,
        @DefaultValue("snowgate") String audience,
        @DefaultValue("1h") Duration agentTokenLife,
        String consoleUrl,
        String consoleSecret,
        @DefaultValue List<Person> people,
        @DefaultValue List<Agent> agents) {

    /** A person; {@code email} is the log-in name. */
    record Person(String email, String name, String password, List<String> groups) {
        @Override
        public String toString() {
            return "Person[" + email + "]";
        }
    }

    /** An agent; {@code person} is for whom it acts, empty text for nobody. */
    record Agent(
            String id,
            String secret,
            List<String> groups,
            @DefaultValue("") String person) {
        @Override
        public String toString() {
            return "Agent[" + id + "]";
        }
    }

    @Override
    public String toString() {
        return "IdentityProperties[" + issuer + "]";
    }
}
