package dev.snowgate.masking;

/** A mask that needs no text where a cell is ASCII: it writes the very bytes of the text's mask. */
interface Utf8Mask {
    /** Writes the masked cell; all bytes of the cell must be ASCII. */
    void write(byte[] cell, int offset, int length, Utf8Sink sink);
}
