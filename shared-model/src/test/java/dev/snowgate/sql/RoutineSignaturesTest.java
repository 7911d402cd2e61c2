package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Argument;
import dev.snowgate.catalog.Routine.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineSignaturesTest {
    @Test
    void arguments_keep_their_order_types_and_defaults() {
        assertThat(RoutineSignatures.arguments(
                        "(A NUMBER, \"b c\" varchar(10) DEFAULT 'x, y', C TIMESTAMP WITH TIME ZONE, D ARRAY(NUMBER))"))
                .contains(List.of(
                        new Argument("A", "NUMBER"),
                        new Argument("b c", "VARCHAR(10)", Optional.of("'x, y'"), false),
                        new Argument("C", "TIMESTAMP WITH TIME ZONE"),
                        new Argument("D", "ARRAY(NUMBER)")));
        assertThat(RoutineSignatures.arguments("()")).contains(List.of());
    }

    @Test
    void modes_stand_before_or_after_the_name() {
        assertThat(RoutineSignatures.arguments("(OUT A NUMBER, B INOUT VARCHAR, C IN DATE, IN D DATE)"))
                .contains(List.of(
                        new Argument("A", "NUMBER", Optional.empty(), true),
                        new Argument("B", "VARCHAR", Optional.empty(), true),
                        new Argument("C", "DATE"),
                        new Argument("D", "DATE")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A NUMBER", "(A)", "(A NUMBER", "(A NUMBER) x", "(A NUMBER,, B DATE)", "(A 'x"})
    void what_is_not_understood_gives_nothing(String signature) {
        assertThat(RoutineSignatures.arguments(signature)).isEmpty();
        assertThat(RoutineSignatures.routine(ObjectKind.FUNCTION, "SQL", signature, "NUMBER", false, false))
                .isEmpty();
    }

    @Test
    void rows_have_columns_and_values_have_none() {
        assertThat(RoutineSignatures.columns("TABLE (A NUMBER, \"b\" VARCHAR)"))
                .contains(List.of(new Result("A", "NUMBER"), new Result("b", "VARCHAR")));
        assertThat(RoutineSignatures.columns("TABLE ()")).contains(List.of());
        assertThat(RoutineSignatures.columns("NUMBER")).isEmpty();
        Routine rows = RoutineSignatures.routine(ObjectKind.PROCEDURE, "sql", "()", "table(a number)", false, false)
                .orElseThrow();
        assertThat(rows.givesRows()).isTrue();
        assertThat(rows.columns()).containsExactly(new Result("a", "NUMBER"));
        assertThat(rows.rights()).isEqualTo(Routine.Rights.UNKNOWN);
    }

    @Test
    void only_one_literal_is_constant() {
        assertThat(List.of("'x'", "1", "-1.5", "NULL", "true")).allMatch(RoutineSignatures::isConstant);
        assertThat(List.of("f('x')", "1 + 1", "a", "(SELECT 1)", "", "'x' || 'y'", "CURRENT_DATE"))
                .noneMatch(RoutineSignatures::isConstant);
    }
}
