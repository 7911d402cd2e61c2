package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTagTest {
    private static final PipelineFixture STANDARD = PipelineFixture.standard();

    @Test
    void agent_person_and_statement_come_first() {
        Statement statement = STANDARD.withQueryTag("theirs").statement();

        assertThat(QueryTag.of(statement, List.of(" monthly report ", "second")))
                .isEqualTo("snowgate;agent=copilot;person=ann@example.com;statement=" + statement.id()
                        + ";tag=theirs;comment=monthly report");
    }

    @Test
    void it_never_grows_beyond_what_snowflake_takes_and_never_loses_ours() {
        for (String long_ :
                List.of("x".repeat(100_000), "\uD83D\uDE00".repeat(5_000), "a" + "\uD83D\uDE00".repeat(5_000))) {
            Statement statement = STANDARD.withQueryTag(long_).statement();

            String tag = QueryTag.of(statement, List.of(long_));

            assertThat(tag.length()).isBetween(1_999, 2_000);
            assertThat(tag).contains("statement=" + statement.id());
            assertThat(Character.isHighSurrogate(tag.charAt(tag.length() - 1))).isFalse();
        }
    }

    @Test
    void a_comment_is_cut_for_itself() {
        String tag = QueryTag.of(STANDARD.statement(), List.of("c".repeat(3_000)));

        assertThat(tag).endsWith(";comment=" + "c".repeat(500));
    }

    @Test
    void nobody_writes_fields_of_ours_or_control_characters() {
        String bad = "x;statement=5e;agent=root\r\n\t\u0000\u001b[2J\u007f\u0085\u2028\u202e\u200by";
        Statement statement =
                STANDARD.withAgent("a;b", "p;statement=1").withQueryTag(bad).statement();

        String tag = QueryTag.of(statement, List.of(bad));

        assertThat(tag.split(";"))
                .extracting(field -> field.split("=")[0])
                .containsExactly("snowgate", "agent", "person", "statement", "tag", "comment");
        assertThat(tag.codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR);
    }
}
