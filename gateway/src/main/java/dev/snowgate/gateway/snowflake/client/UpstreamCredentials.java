package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.IdentityProperties;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The upstream user and key of each registered agent. All keys are read at start, so that a missing one is found then. */
final class UpstreamCredentials {
    private final Map<String, KeyPairCredential> byAgent = new HashMap<>();
    private final String account;

    UpstreamCredentials(UpstreamProperties upstream, IdentityProperties identities, Clock clock) {
        this.account = upstream.accountOr(identities.account());
        Map<Path, PrivateKeyFile> read = new HashMap<>();
        identities.agents().forEach((name, agent) -> {
            Path file = keyFile(agent.privateKeyFile(), upstream, name);
            PrivateKeyFile key = read.computeIfAbsent(file, PrivateKeyFile::read);
            byAgent.put(name, new KeyPairCredential(key, account, agent.userOf(name), clock));
        });
    }

    String account() {
        return account;
    }

    KeyPairCredential of(String agent) {
        KeyPairCredential credential = byAgent.get(agent);
        if (credential == null) {
            throw new GatewayException(GatewayErrorCode.AUTHENTICATION_FAILED, "The agent is not registered any more.");
        }
        return credential;
    }

    static Path keyFile(@Nullable Path own, UpstreamProperties upstream, String whose) {
        Path file = own != null ? own : upstream.privateKeyFile();
        if (file == null) {
            throw new IllegalArgumentException(
                    "neither " + whose + " nor 'snowgate.upstream' has a 'private-key-file'");
        }
        return file;
    }
}
