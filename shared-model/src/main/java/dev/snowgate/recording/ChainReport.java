package dev.snowgate.recording;

/** The outcome of checking a chain. */
public sealed interface ChainReport {
    /**
     * Every link holds.
     *
     * @param count number of events or pages
     * @param link the last link, or the link before the first one if there are none
     */
    record Verified(long count, byte[] link) implements ChainReport {
        @Override
        public String toString() {
            return "Chain verified, " + count + (count == 1 ? " entry" : " entries");
        }
    }

    /**
     * The chain does not hold.
     *
     * @param seq the first entry that does not
     * @param problem a sentence for people
     */
    record Broken(long seq, String problem) implements ChainReport {
        @Override
        public String toString() {
            return "Chain broken at " + seq + ": " + problem;
        }
    }
}
