package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * The metadata of one message of an Arrow IPC stream. The classes of the format check nothing, so whoever reads through them does it
 * inside {@link #checked}.
 */
final class ArrowMessage {
    /** Reads something that the sender may have damaged. */
    interface Reading<T> {
        T read();
    }

    /** Between two messages. */
    static final ArrowMessage NONE = new ArrowMessage(new Message(), MessageHeader.NONE, 0, 0);

    private final Message message;
    private final byte kind;
    private final long bodyLength;
    private final int size;

    private ArrowMessage(Message message, byte kind, long bodyLength, int size) {
        this.message = message;
        this.kind = kind;
        this.bodyLength = bodyLength;
        this.size = size;
    }

    static ArrowMessage of(byte[] metadata) {
        return checked(() -> {
            Message message = Message.getRootAsMessage(ByteBuffer.wrap(metadata).order(ByteOrder.LITTLE_ENDIAN));
            if (message.version() != MetadataVersion.V5 && message.version() != MetadataVersion.V4) {
                throw new ResultFault("the result has a version of Arrow that is not understood");
            }
            if (message.bodyLength() < 0) {
                throw ArrowMessage.damaged();
            }
            return new ArrowMessage(message, message.headerType(), message.bodyLength(), metadata.length);
        });
    }

    boolean isSchema() {
        return kind == MessageHeader.Schema;
    }

    boolean isRows() {
        return kind == MessageHeader.RecordBatch;
    }

    boolean isDictionary() {
        return kind == MessageHeader.DictionaryBatch;
    }

    short version() {
        return message.version();
    }

    long bodyLength() {
        return bodyLength;
    }

    /** What reads the texts of its schema, once. */
    ArrowTexts texts() {
        return new ArrowTexts(size);
    }

    Schema schema() {
        if (!(message.header(new Schema()) instanceof Schema schema)) {
            throw damaged();
        }
        return schema;
    }

    RecordBatch batch() {
        if (!(message.header(new RecordBatch()) instanceof RecordBatch batch)) {
            throw damaged();
        }
        return batch;
    }

    /** Values of a dictionary. */
    DictionaryBatch dictionary() {
        if (!(message.header(new DictionaryBatch()) instanceof DictionaryBatch batch)) {
            throw damaged();
        }
        return batch;
    }

    /** Whatever goes wrong while damaged metadata is read is a fault of the result. */
    static <T> T checked(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ResultFault | GatewayException told) {
            throw told;
        } catch (RuntimeException | AssertionError e) {
            throw damaged();
        }
    }

    static ResultFault damaged() {
        return new ResultFault("the result's Arrow bytes are damaged");
    }
}
