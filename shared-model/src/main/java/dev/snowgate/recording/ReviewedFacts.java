package dev.snowgate.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.masking.MaskPlan;
import java.util.List;

/**
 * What a reviewer is shown of a held statement and what the approval therefore covers; the column {@code facts} of a
 * request. Holds no literal and no binding.
 *
 * @param title what it does in words
 * @param shape the executed text with literals replaced by placeholders
 * @param analysis effects, objects, destinations, use of protected columns
 * @param decision the rule that asks for the approval, with its trail and obligations
 * @param masks what will be masked, one plan per statement
 */
public record ReviewedFacts(
        String title, String shape, RecordedAnalysis analysis, RecordedDecision decision, List<MaskPlan> masks) {
    /** How the column is encoded. */
    public static final Encoding<ReviewedFacts> ENCODING = Encoding.of("reviewed-facts", 2, ReviewedFacts.class);

    public ReviewedFacts {
        masks = List.copyOf(masks);
    }
}
