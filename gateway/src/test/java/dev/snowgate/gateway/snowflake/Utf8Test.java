package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @Test
    void characters_may_be_cut_anywhere() {
        byte[] text = "aé€𐍈z\u0000 end of it".getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= text.length; first++) {
            for (int second = first; second <= text.length; second++) {
                int[] cuts = {first, second};
                assertThatCode(() -> take(text, cuts)).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61c0",
                "61c080",
                "61eda080",
                "61f4908080",
                "61ff",
                "61e282",
                "61e28261",
                "6180",
                "efbbbf7b7d",
                "7b00",
                "007b",
                "fffe7b00",
                "7b007d00"
            })
    void what_is_not_utf_8_is_told_wherever_it_is_cut(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int cut = 0; cut <= bytes.length; cut++) {
            int at = cut;
            assertThatThrownBy(() -> take(bytes, at)).as("cut at %s", at).isInstanceOf(StrictJsonException.class);
        }
    }

    private static void take(byte[] bytes, int... cuts) {
        Utf8 check = new Utf8();
        int from = 0;
        for (int cut : cuts) {
            check.take(bytes, from, cut - from);
            from = cut;
        }
        check.take(bytes, from, bytes.length - from);
        check.end();
    }
}
