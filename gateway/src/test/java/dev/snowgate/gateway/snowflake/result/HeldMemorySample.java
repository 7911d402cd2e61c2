package dev.snowgate.gateway.snowflake.result;

/** Memory of a size that a test chooses, for tests of other packages. */
public final class HeldMemorySample {
    private HeldMemorySample() {}

    public static HeldMemory of(long bytes) {
        return new HeldMemory(bytes);
    }

    public static long left(HeldMemory memory) {
        return memory.left();
    }
}
