package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.statement.SessionContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the options of the command line say: who asks, in which session, over which catalogue. */
record CommandInputs(Map<String, String> options) {
    String required(String name) {
        return Optional.ofNullable(options.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing."));
    }

    Path file(String name) {
        return Path.of(required(name));
    }

    CatalogSnapshot catalog(List<PolicySource> protection) throws IOException {
        Path file = file("--catalog");
        List<CatalogObject> objects = CatalogYaml.read(String.valueOf(file.getFileName()), Files.readString(file));
        for (PolicySource marks : protection) {
            objects = ProtectionMarks.read(marks.path(), marks.text()).applyTo(objects);
        }
        return CatalogSnapshot.of("CLI", 1, objects);
    }

    SessionContext context() {
        return SessionContext.of(
                "CLI",
                "AGENT_USER",
                options.getOrDefault("--role", "AGENT_ROLE"),
                Optional.of(options.getOrDefault("--warehouse", "AGENT_WH")),
                Optional.ofNullable(options.get("--database")),
                Optional.ofNullable(options.get("--schema")));
    }

    Principal principal() {
        return new Principal(
                new AgentId(options.getOrDefault("--agent", "agent")),
                "command-line",
                list("--groups"),
                Optional.ofNullable(options.get("--person")).map(p -> new PersonId("command-line", p)),
                Set.of());
    }

    ClientApplication client() {
        return new ClientApplication(options.getOrDefault("--client", "policy decide"), "1");
    }

    /** Where the request comes from and what the session has read; nothing is bound on the command line. */
    RequestFacts facts() {
        Optional<InetAddress> address = Optional.ofNullable(options.get("--network"))
                .map(text -> Addresses.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("--network is not an address.")));
        return new RequestFacts(address, list("--read-protected"), BoundValues.NONE);
    }

    private Set<String> list(String name) {
        return Arrays.stream(options.getOrDefault(name, "").split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Decisions have no clock: the instant is an input, so that the same line always gives the same answer. */
    Instant at() {
        String text = options.getOrDefault("--at", "2026-06-15T12:00:00Z");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--at is not an instant such as 2026-06-15T12:00:00Z.");
        }
    }

    ZoneId zone() {
        try {
            return ZoneId.of(options.getOrDefault("--zone", "UTC"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--zone is not a time zone such as Europe/Zurich.");
        }
    }
}
