package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.ReplyBody;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.ResultMasker;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stage 10 for replies: verifies the columns, edits the metadata, masks the inline rows, keeps the addresses of what
 * follows and puts ours in their place. Nothing of a reply that it does not understand is released.
 */
public final class ReplyMasker implements ResultMasker {
    private final Masks masks;
    private final ChunkVault vault;
    private final ChunkAddresses addresses;
    private final OriginWitness witness;
    private final HeldMemory memory;
    private final Scheduler scheduler;

    /**
     * @param memory for batches that must be whole, and what is made of them
     * @param scheduler bounded; large replies are masked there
     */
    public ReplyMasker(
            Masks masks,
            ChunkVault vault,
            ChunkAddresses addresses,
            OriginWitness witness,
            HeldMemory memory,
            Scheduler scheduler) {
        this.masks = masks;
        this.vault = vault;
        this.addresses = addresses;
        this.witness = witness;
        this.memory = memory;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<MaskedReply> mask(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        return witness.check(entry, reply.columns(), plan)
                .then(Mono.fromCallable(() -> masked(entry, reply, plan)).subscribeOn(scheduler))
                .flatMap(done -> keepChunks(entry, done))
                .onErrorMap(ResultFault.class, fault -> withheld(entry, fault));
    }

    @Override
    public Mono<MaskedReply> maskDescribe(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        return Mono.fromCallable(() -> described(entry, reply, plan))
                .onErrorMap(ResultFault.class, fault -> withheld(entry, fault));
    }

    private Done masked(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        try (HeldMemory.Share share = memory.share()) {
            return masked(entry, reply, plan, share);
        }
    }

    private Done masked(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan, HeldMemory.Share share) {
        ResultTree tree = tree(entry, reply.body());
        List<ReplyColumn> columns = RowType.verify(tree.rowType(), plan);
        CellMasks cells = CellMasks.of(masks, plan, CellMasks.types(columns), share);
        RowType.edit(tree.rowType(), plan, masks);
        InlinePage page = rows(tree, cells, columns);
        if (cells.masksAnything()) {
            tree.removeUnknownFields();
        }
        Optional<StoredChunks> chunks = tree.takeChunks(plan, columns);
        MaskedReply answer = new MaskedReply(
                new JsonReply(tree.root()),
                page.rows(),
                reply.rows(),
                page.count(),
                page.maskedCells(),
                cells.maskedColumns(),
                cells.detections().toString());
        ResultSize.check(entry, answer.page().length(), chunks);
        return new Done(answer, chunks, tree);
    }

    private static InlinePage rows(ResultTree tree, CellMasks cells, List<ReplyColumn> columns) {
        return switch (tree.format()) {
            case JSON -> InlineRows.mask(tree, cells);
            case ARROW -> InlineStream.mask(tree, cells, columns);
        };
    }

    /** The rows of a reply as they leave, in the recording's form. */
    record InlinePage(PageBytes rows, long count, long maskedCells) {}

    private Mono<MaskedReply> keepChunks(LedgerEntry entry, Done done) {
        return done.chunks()
                .map(chunks -> vault.store(entry, chunks)
                        .then(Mono.fromCallable(() -> done.withAddresses(entry, addresses, chunks))))
                .orElseGet(() -> Mono.just(done.reply()));
    }

    private MaskedReply described(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        ResultTree tree = tree(entry, reply.body());
        List<ReplyColumn> columns = RowType.verify(tree.rowType(), plan);
        if (describedRows(tree, columns, plan) > 0 || reply.chunks() > 0 || reply.rows() > 0) {
            throw new ResultFault("a description came with rows");
        }
        RowType.edit(tree.rowType(), plan, masks);
        if (plan.masksAnything()) {
            tree.removeUnknownFields();
        }
        return new MaskedReply(new JsonReply(tree.root()), PageBytes.of(new byte[0]), 0, 0, 0, List.of());
    }

    private long describedRows(ResultTree tree, List<ReplyColumn> columns, MaskPlan plan) {
        if (tree.format() == StoredChunks.Format.JSON) {
            return tree.rows().count();
        }
        try (HeldMemory.Share share = memory.share()) {
            return InlineStream.mask(tree, CellMasks.of(masks, plan, CellMasks.types(columns), share), columns)
                    .count();
        }
    }

    private static ResultTree tree(LedgerEntry entry, ReplyBody body) {
        if (!(body instanceof JsonReply json)) {
            throw new ResultFault("the result's format is not understood");
        }
        ObjectNode copy = json.tree().deepCopy();
        return switch (entry.dialect()) {
            case DRIVER -> new DriverResultTree(copy);
            case SQL_API -> new SqlApiResultTree(copy);
        };
    }

    private static GatewayException withheld(LedgerEntry entry, ResultFault fault) {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD,
                "The result is withheld: " + fault.getMessage()
                        + ". Name the columns that you need instead of *, and send the statement again. If it stays, its tables"
                        + " may have changed: ask whoever operates Snowgate to read the catalogue again.",
                Optional.of(entry.id()),
                fault);
    }

    /** A masked reply whose chunks still have to be kept. */
    private record Done(MaskedReply reply, Optional<StoredChunks> chunks, ResultTree tree) {
        MaskedReply withAddresses(LedgerEntry entry, ChunkAddresses addresses, StoredChunks chunks) {
            addresses.putAddresses(tree, entry.id(), chunks);
            return reply;
        }
    }

    /** Rows of a tree, for readers of this package. */
    static ArrayNode array(JsonNode node, String what) {
        if (!(node instanceof ArrayNode array)) {
            throw new ResultFault(what + " is not a list");
        }
        return array;
    }
}
