package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The executed text is the same statement at the same positions, and nothing that is sent can crash the reading. */
class LexerPropertyTest {
    private static final List<String> PIECES = List.of(
            "SELECT",
            "email",
            "FROM",
            "customers",
            "\"Na\"\"me\"",
            "'a''b'",
            "'a\\' -- '",
            "$$x;y$$",
            "1.5e-3",
            ".5",
            "$1",
            "$v",
            "@s/p",
            "::",
            "->",
            "=>",
            "||",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ";",
            ".",
            "*",
            ":",
            "?",
            "<=",
            "WHERE",
            "JOIN",
            "ON",
            "UNION",
            "ALL",
            "BY",
            "ORDER",
            "GROUP",
            "WITH",
            "AS",
            "CASE",
            "WHEN",
            "THEN",
            "END",
            "NOT",
            "IN",
            "EXISTS",
            "VALUES",
            "INSERT",
            "INTO",
            "UPDATE",
            "SET",
            "MERGE",
            "USING",
            "PIVOT",
            "FOR",
            "LATERAL",
            "FLATTEN",
            "TABLE",
            "OVER",
            "PARTITION",
            "QUALIFY",
            "EXCLUDE",
            "RENAME",
            "CREATE",
            "VIEW",
            "COPY",
            "SHOW",
            "GRANT",
            "TO",
            "ROLE",
            "AT",
            "INTERVAL",
            "CAST",
            "IFF",
            "EXECUTE",
            "IMMEDIATE",
            "BEGIN",
            "CLONE",
            "SWAP",
            "ALTER",
            "DROP",
            "LIMIT",
            "DISTINCT",
            "COUNT",
            "NATURAL",
            "UNPIVOT",
            "IDENTIFIER",
            "USE",
            "DESCRIBE",
            "EXPLAIN",
            "CALL",
            "DECLARE",
            "LET",
            ":=",
            "IF",
            "ELSEIF",
            "ELSE",
            "WHILE",
            "DO",
            "LOOP",
            "REPEAT",
            "UNTIL",
            "RETURN",
            "CURSOR",
            "RESULTSET",
            "FETCH",
            "EXCEPTION",
            "RAISE",
            "->>",
            "PROCEDURE",
            "LANGUAGE",
            "SQL",
            "TASK",
            "ANY",
            "SEMANTIC_VIEW",
            ":x",
            "$$BEGIN RETURN 1; END$$");
    private static final List<String> GAPS = List.of(
            " ",
            "\n",
            "\t",
            "\r\n",
            "\r",
            "\u00a0",
            "/* c */",
            "/* a\nb */",
            "-- x\n",
            "// y\r\n",
            "",
            "  ",
            "/*é😀*/");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> piece = Arbitraries.of(PIECES);
        Arbitrary<String> gap = Arbitraries.of(GAPS);
        return piece.tuple2()
                .flatMap(p -> gap.map(g -> p.get1() + g + p.get2() + " "))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 1500)
    void the_executed_text_has_the_same_tokens_at_the_same_positions(@ForAll("texts") String text) {
        // Given
        Lexed first;
        try {
            first = Lexer.lex(text);
        } catch (SyntaxProblem refused) {
            return;
        }

        // When
        Lexed second = Lexer.lex(first.text());

        // Then
        assertThat(second.tokens()).isEqualTo(first.tokens());
        assertThat(second.comments()).isEmpty();
        assertThat(first.text()).hasSameSizeAs(text);
        assertThat(second.text()).isEqualTo(first.text());
    }

    @Property(tries = 3000)
    void no_text_makes_the_analysis_throw(@ForAll("texts") String text) {
        // When
        SqlAnalysis analysis = SampleCatalog.analyse(text);

        // Then
        if (analysis instanceof SqlAnalysis.NotUnderstood not) {
            assertThat(not.construct()).isNotBlank();
            assertThat(not.reason()).isNotBlank();
            assertThat(not.construct()).isNotEqualTo("statement that failed to be read");
        }
    }

    @Property(tries = 1000)
    void arbitrary_characters_are_refused_or_read_but_never_thrown(@ForAll String text) {
        // When
        SqlAnalysis analysis = SampleCatalog.analyse(text);

        // Then
        assertThat(analysis).isNotNull();
    }
}
