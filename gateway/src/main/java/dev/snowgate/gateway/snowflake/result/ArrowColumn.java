package dev.snowgate.gateway.snowflake.result;

/**
 * One field in one batch.
 *
 * @param node index of its node
 * @param buffer index of its first buffer
 */
record ArrowColumn(ArrowBatch batch, ArrowField field, int node, int buffer) {
    int rows() {
        return batch.nodeRows()[node];
    }

    /** Fails unless the validity bits are there, or nothing is null. */
    void checkValidity() {
        int length = validityLength();
        if (length == 0 ? batch.nodeNulls()[node] != 0 && rows() > 0 : length < LittleEndian.bytesOfBits(rows())) {
            throw new ResultFault("a column of the result says nothing of its nulls");
        }
    }

    /** Fails unless a buffer has so many bytes. */
    void checkLength(int which, long least) {
        if (batch.lengths()[buffer + which] < least) {
            throw new ResultFault("a column of the result is shorter than announced");
        }
    }

    boolean isNull(int row) {
        return validityLength() > 0 && !LittleEndian.bit(batch.body(), at(0), row);
    }

    /** How many cells are null by their bits. */
    int nulls() {
        return validityLength() == 0 ? 0 : rows() - LittleEndian.setBits(body(), at(0), rows());
    }

    byte[] body() {
        return batch.body();
    }

    /** Where one of its buffers begins. */
    int at(int which) {
        return batch.offsets()[buffer + which];
    }

    int length(int which) {
        return batch.lengths()[buffer + which];
    }

    /** A child; its first buffer follows those of the children before it. */
    ArrowColumn child(int place) {
        int childNode = node + 1;
        int childBuffer = buffer + field.layout().buffers();
        for (int i = 0; i < place; i++) {
            childNode += field.children().get(i).nodes();
            childBuffer += field.children().get(i).buffers();
        }
        return new ArrowColumn(batch, field.children().get(place), childNode, childBuffer);
    }

    private int validityLength() {
        return batch.lengths()[buffer];
    }
}
