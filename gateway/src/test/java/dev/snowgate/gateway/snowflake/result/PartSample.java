package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Partition 1 of a statement with the columns ID, EMAIL and TEXT, of which the second has the mask. */
public final class PartSample {
    private PartSample() {}

    /** With what was announced of it. */
    public static NumberedPart of(StoredChunks.Part announced, @Nullable Mask mask, NumberedPart.Nulls nulls) {
        MaskPlan plan = new MaskPlan(
                List.of(
                        new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                        new MaskPlan.PlannedColumn("EMAIL", Optional.ofNullable(mask), "pii", "email"),
                        new MaskPlan.PlannedColumn("TEXT", Optional.empty(), "", "")),
                true);
        StoredChunks chunks = new StoredChunks(
                List.of(new StoredChunks.Part("", 1, 0, 0), announced),
                Map.of(),
                StoredChunks.Format.JSON,
                List.of("ID", "EMAIL", "TEXT"),
                List.of("fixed", "text", "text"),
                plan);
        LedgerEntry entry = entry();
        return new NumberedPart(
                entry,
                new ChunkVault.Opened(entry.session(), new AgentId("copilot"), chunks, OptionalLong.empty()),
                1,
                nulls);
    }

    /** The reply of such a statement as the masker releases it. */
    public static Mono<MaskedReply> masked(UpstreamReply.Complete reply, Mask mask) {
        NumberedPart part = of(new StoredChunks.Part("", 1, 0, 0), mask, NumberedPart.Nulls.NULL);
        ChunkVault vault = new ChunkVault() {
            @Override
            public Mono<Void> store(LedgerEntry entry, StoredChunks chunks) {
                return Mono.empty();
            }

            @Override
            public Mono<Opened> find(StatementId statement) {
                return Mono.empty();
            }
        };
        ReplyMasker masker = new ReplyMasker(
                new Masks(new byte[32]),
                vault,
                new ChunkAddresses(
                        URI.create("https://gateway.example:8443"),
                        new ChunkCapability(new byte[32], Duration.ofHours(6)),
                        Clock.systemUTC()),
                new OriginWitness(account -> Mono.just(CatalogSnapshot.empty("ACME"))),
                HeldMemory.ofHeap(),
                Schedulers.parallel());
        return masker.mask(part.entry(), reply, part.opened().chunks().plan());
    }

    private static LedgerEntry entry() {
        return new LedgerEntry(
                StatementId.random(),
                SessionId.random(),
                new Owner("ACME", new AgentId("copilot"), Optional.empty()),
                Dialect.SQL_API,
                "request",
                new byte[32],
                StatementState.SUCCEEDED,
                false,
                false,
                false,
                SessionContext.of("ACME", "U", "R", Optional.empty(), Optional.empty(), Optional.empty()),
                UUID.randomUUID(),
                Optional.of(new QueryId("01b00000-0000-0000-0000-000000000001")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.empty());
    }
}
