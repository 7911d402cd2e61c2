package dev.snowgate.gateway.snowflake.result;

import java.util.List;

/** Writes cells of one width; rows that are null stay zero. */
abstract sealed class FixedWidth implements ArrowForm.Writer
        permits IntegerForm.Cells, DecimalForm.Cells, DoubleForm.Cells, BooleanForm.Cells {
    final byte[] data;

    FixedWidth(long bytes) {
        this.data = new byte[Math.toIntExact(bytes)];
    }

    @Override
    public void putNull(int row) {
        // the cell is zero already
    }

    @Override
    public List<byte[]> buffers() {
        return List.of(data);
    }
}
