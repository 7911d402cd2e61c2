package dev.snowgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that the database refuses, and for which reason. */
final class SqlStateAssert {
    private SqlStateAssert() {}

    static void assertRefused(String sqlState, ThrowingCallable call) {
        SQLException refusal = catchThrowableOfType(SQLException.class, call);
        assertThat((Object) refusal).as("must be refused with " + sqlState).isNotNull();
        assertThat(refusal.getSQLState()).as(refusal.getMessage()).isEqualTo(sqlState);
    }
}
