package dev.snowgate.codec;

/** Bytes are not what they should be, or a value cannot be encoded. The message shows no content. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CodecException(String message) {
        super(message);
    }
}
