package dev.snowgate.gateway.snowflake.result;

import com.google.flatbuffers.FlatBufferBuilder;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.LargeBinary;
import org.apache.arrow.flatbuf.LargeList;
import org.apache.arrow.flatbuf.LargeUtf8;
import org.apache.arrow.flatbuf.List;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Copies the type of a field into another schema: the same kinds whose layout is known, with all that they state. */
final class ArrowTypes {
    private ArrowTypes() {}

    static int copy(FlatBufferBuilder to, Field field) {
        return switch (field.typeType()) {
            case Type.Null -> empty(to, Null::startNull, Null::endNull);
            case Type.Bool -> empty(to, Bool::startBool, Bool::endBool);
            case Type.Utf8 -> empty(to, Utf8::startUtf8, Utf8::endUtf8);
            case Type.Binary -> empty(to, Binary::startBinary, Binary::endBinary);
            case Type.LargeUtf8 -> empty(to, LargeUtf8::startLargeUtf8, LargeUtf8::endLargeUtf8);
            case Type.LargeBinary -> empty(to, LargeBinary::startLargeBinary, LargeBinary::endLargeBinary);
            case Type.List -> empty(to, List::startList, List::endList);
            case Type.LargeList -> empty(to, LargeList::startLargeList, LargeList::endLargeList);
            case Type.Struct_ -> empty(to, Struct_::startStruct_, Struct_::endStruct_);
            case Type.Int -> integer(to, read(field, new Int()));
            case Type.FloatingPoint ->
                FloatingPoint.createFloatingPoint(
                        to, read(field, new FloatingPoint()).precision());
            case Type.Decimal -> {
                Decimal type = read(field, new Decimal());
                yield Decimal.createDecimal(to, type.precision(), type.scale(), type.bitWidth());
            }
            case Type.Date -> Date.createDate(to, read(field, new Date()).unit());
            case Type.Time -> {
                Time type = read(field, new Time());
                yield Time.createTime(to, type.unit(), type.bitWidth());
            }
            case Type.Timestamp -> timestamp(to, read(field, new Timestamp()));
            case Type.Interval ->
                Interval.createInterval(to, read(field, new Interval()).unit());
            case Type.Duration ->
                Duration.createDuration(to, read(field, new Duration()).unit());
            case Type.FixedSizeBinary ->
                FixedSizeBinary.createFixedSizeBinary(
                        to, read(field, new FixedSizeBinary()).byteWidth());
            case Type.FixedSizeList ->
                FixedSizeList.createFixedSizeList(
                        to, read(field, new FixedSizeList()).listSize());
            case Type.Map -> Map.createMap(to, read(field, new Map()).keysSorted());
            default -> throw new ResultFault("the result has a column of a kind that is not understood");
        };
    }

    static int integer(FlatBufferBuilder to, Int type) {
        return Int.createInt(to, type.bitWidth(), type.isSigned());
    }

    private static int timestamp(FlatBufferBuilder to, Timestamp type) {
        String zone = type.timezone();
        int written = zone == null ? 0 : to.createString(zone);
        return Timestamp.createTimestamp(to, type.unit(), written);
    }

    private static <T extends com.google.flatbuffers.Table> T read(Field field, T type) {
        if (field.type(type) == null) {
            throw ArrowMessage.damaged();
        }
        return type;
    }

    private static int empty(
            FlatBufferBuilder to,
            java.util.function.Consumer<FlatBufferBuilder> start,
            java.util.function.ToIntFunction<FlatBufferBuilder> end) {
        start.accept(to);
        return end.applyAsInt(to);
    }
}
