package dev.snowgate.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Access tokens of agents, got from the identity provider as any agent would. */
final class AgentTokens {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private AgentTokens() {}

    /** Prints a token for the agent that the arguments name. */
    static int print(DemoState state, List<String> arguments) {
        String agent = arguments.isEmpty() ? Cast.SUPPORT.id() : arguments.getFirst();
        System.out.println(fetch(state, state.runningPorts(), Cast.agent(agent)));
        return 0;
    }

    static String fetch(DemoState state, Ports ports, Cast.Agent agent) {
        String basic = Base64.getEncoder()
                .encodeToString(
                        (agent.id() + ":" + state.secret("agent." + agent.id())).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.identityUrl() + "/oauth2/token"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher token = TOKEN.matcher(reply.body());
            if (reply.statusCode() != 200 || !token.find()) {
                throw new DemoException("The identity provider gave no token (status " + reply.statusCode() + ").");
            }
            return token.group(1);
        } catch (IOException e) {
            throw new DemoException("The identity provider does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }
}
