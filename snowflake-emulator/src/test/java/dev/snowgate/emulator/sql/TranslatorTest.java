package dev.snowgate.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.emulator.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorTest {
    private final Translator translator = new Translator(new FixedContext());

    private String translated(String sql) {
        return translator.translate(Script.split(sql).getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select id from t                        | SELECT ID FROM T
            select "Mixed" from t                   | SELECT "Mixed" FROM T
            select count(*) from t                  | SELECT COUNT ( * ) AS "COUNT(*)" FROM T
            select a b, c as d from t               | SELECT A B , C AS D FROM T
            select 'it\\'s'                         | SELECT 'it''s' AS "'it\\'s'"
            select x from t minus select 1          | SELECT X FROM T EXCEPT SELECT 1
            select a::number(10,2) n from t         | SELECT A :: DECIMAL ( 10 , 2 ) N FROM T
            select v:a.b[0]::string s from t        | SELECT (V ->> '$."a"."b"[0]') :: VARCHAR S FROM T
            select v:a s from t                     | SELECT (V -> '$."a"') S FROM T
            select iff(a, 1, 2) x from t            | SELECT (CASE WHEN A THEN 1 ELSE 2 END) X FROM T
            select top 3 a from t                   | SELECT A FROM T LIMIT 3
            select current_role() r                 | SELECT 'AGENT' R
            select $x y                             | SELECT 5 Y
            """)
    void writes_duckdb_text(String snowflake, String duckDb) {
        assertThat(translated(snowflake.strip())).isEqualTo(duckDb.strip());
    }

    @Test
    void reads_the_information_schema_of_the_named_database() {
        assertThat(translated("select table_name from dev.information_schema.tables"))
                .contains("\"_SF\".\"INFO_DEV\".\"TABLES\"");
        assertThat(translated("select table_name from information_schema.tables"))
                .contains("\"_SF\".\"INFO_PROD\".\"TABLES\"");
    }

    @Test
    void translates_types_of_definitions_and_leaves_columns_named_like_types() {
        String text = translator.translate(Script.split("create (id number, date date, text string not null)")
                .getFirst());

        assertThat(text).isEqualTo("CREATE ( ID DECIMAL(38,0) , DATE DATE , TEXT VARCHAR NOT NULL )");
    }

    @Test
    void splits_statements_outside_of_literals_and_comments() {
        assertThat(Script.split("select ';' ; -- a;b\n select $$ ; $$; /* ; */ select 3"))
                .extracting(Script::text)
                .containsExactly("select ';'", "select $$ ; $$", "select 3");
    }

    @Test
    void refuses_text_that_does_not_end() {
        assertThatThrownBy(() -> Script.split("select 'open"))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.code()).isEqualTo("001003"));
    }

    @Test
    void refuses_an_unset_variable() {
        assertThatThrownBy(() -> translated("select $nope")).isInstanceOf(Refused.class);
    }

    private static final class FixedContext implements Translator.Context {
        @Override
        public @Nullable String database() {
            return "PROD";
        }

        @Override
        public @Nullable String function(String name) {
            return name.equals("CURRENT_ROLE") ? "'AGENT'" : null;
        }

        @Override
        public @Nullable String variable(String name) {
            return Map.of("X", "5").get(name);
        }

        @Override
        public String resultScan(String queryId) {
            return "RESULT";
        }

        @Override
        public String ddl(String type, String name) {
            return List.of(type, name).toString();
        }

        @Override
        public String tableFunction(String function, String database, String schema, String name) {
            return "(" + function + " of " + name + ")";
        }

        @Override
        public String lastQueryId(int offset) {
            return "id" + offset;
        }
    }
}
