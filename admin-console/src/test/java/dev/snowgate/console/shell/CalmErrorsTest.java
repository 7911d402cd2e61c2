package dev.snowgate.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.security.access.AccessDeniedException;

class CalmErrorsTest {
    @Test
    void a_person_reads_what_did_not_happen_and_never_the_fault_itself() {
        assertThat(CalmErrors.words(new DataAccessResourceFailureException("select secret")))
                .isEqualTo("The database does not answer. Nothing was changed.");
        assertThat(CalmErrors.words(new AccessDeniedException("secret"))).contains("roles");
        assertThat(CalmErrors.words(new IllegalStateException("secret"))).doesNotContain("secret");
    }
}
