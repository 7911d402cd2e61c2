package dev.snowgate.masking;

/** A mask that needs no text: it writes the very bytes of the text's mask, or leaves the cell to that one. */
interface Utf8Mask {
    /** Whether it wrote the masked cell; otherwise it wrote nothing. Bytes that are no ASCII are always left. */
    boolean write(byte[] cell, int offset, int length, Utf8Sink sink);
}
