package dev.snowgate.gateway.statement;

import dev.snowgate.masking.MaskPlan;
import reactor.core.publisher.Mono;

/** Makes of a reply what the agent may see. */
public interface ResultMasker {
    /**
     * Compares the reply's columns with the plan, masks the inline rows and the metadata, replaces chunk URLs by our own. Fails
     * with {@link GatewayErrorCode#RESULT_WITHHELD} when the columns differ from the plan in any way or the format is not
     * understood: nothing of the reply is released then.
     */
    Mono<MaskedReply> mask(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan);

    /** The same for a describe: metadata only; a reply with rows or chunks is withheld. */
    Mono<MaskedReply> maskDescribe(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan);
}
