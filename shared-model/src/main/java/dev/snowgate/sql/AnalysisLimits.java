package dev.snowgate.sql;

/**
 * Limits on a text; over them it is not understood.
 *
 * @param maxRawChars characters of the raw text
 * @param maxChars characters after folding of bulk VALUES
 * @param maxTokens tokens after folding
 * @param maxDepth depth of parentheses
 * @param parseMillis milliseconds of processor time for one text; five times as much by the clock
 */
public record AnalysisLimits(int maxRawChars, int maxChars, int maxTokens, int maxDepth, int parseMillis) {
    /** 8 MB raw, 256 KB and 20,000 tokens folded, depth 100, 2 s. */
    public static AnalysisLimits defaults() {
        return new AnalysisLimits(8 * 1024 * 1024, 256 * 1024, 20_000, 100, 2_000);
    }
}
