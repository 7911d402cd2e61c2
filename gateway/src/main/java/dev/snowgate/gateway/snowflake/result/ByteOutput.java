package dev.snowgate.gateway.snowflake.result;

/** Takes bytes on their way out, in order. Whoever keeps some of them beyond the call copies them: their array is somebody else's. */
interface ByteOutput {
    void add(byte value);

    void add(byte[] source, int offset, int length);
}
