package dev.snowgate.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each program may do, asked of the database and tried. */
class RightsIT {
    static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** S, I, U, D, T: select, insert, update, delete, truncate on the whole table; small letters: on some columns only. */
    @ParameterizedTest(name = "{0}: gateway {1}, console {2}")
    @CsvSource({
        "agent_session,         Siu, s",
        "agent_token,           SIuD, -",
        "agent_standing,        S,   SIu",
        "statement,             SIu, s",
        "session_read,          SI,  S",
        "statement_transition,  S,   S",
        "approval_request,      Siu, S",
        "approval_review,       S,   Si",
        "event_kind,            S,   S",
        "session_head,          -,   S",
        "session_event,         -,   S",
        "session_event_other,   -,   -",
        "result_page,           -,   S",
        "result_page_other,     -,   -",
        "result_page_fetch,     S,   S",
        "result_page_head,      S,   S",
        "policy_version,        S,   Siu",
        "policy_file,           S,   SIuD",
        "policy_active,         S,   Siu",
        "catalog_version,       SIu, SIu",
        "catalog_object,        SIu, SIu",
        "catalog_sync,          S,   SIu",
        "catalog_sync_run,      -,   SIU",
        "protection_mark,       S,   SiD",
        "gateway_replica,       SIUD, S",
        "flyway_schema_history, -,   -",
    })
    void each_program_has_these_rights_and_no_others(String table, String gateway, String console) throws SQLException {
        assertThat(rights("snowgate_gateway", table)).isEqualTo(gateway);
        assertThat(rights("snowgate_console", table)).isEqualTo(console);
    }

    @Test
    void the_table_above_names_every_table_but_the_days_of_partitions() throws SQLException {
        // Given
        String tables =
                "select relname from pg_class where relnamespace = 'snowgate'::regnamespace and relkind in ('r', 'p',"
                        + " 'v', 'm') and relname !~ '_[0-9]{8}$' order by 1";

        // Then
        CsvSource rows = annotation();
        assertThat(new TreeSet<>(column(tables)))
                .isEqualTo(new TreeSet<>(java.util.Arrays.stream(rows.value())
                        .map(r -> r.split(",")[0])
                        .toList()));
    }

    @Test
    void no_program_has_a_right_on_a_partition() throws SQLException {
        String query = """
            select c.relname from pg_class c, (values ('snowgate_gateway'), ('snowgate_console')) r(name)
            where c.relnamespace = 'snowgate'::regnamespace and c.relispartition and c.relkind = 'r'
            and has_table_privilege(r.name, c.oid, 'select, insert, update, delete, truncate, references, trigger')\
            """;
        assertThat(column(query)).isEmpty();
    }

    @Test
    void each_program_calls_these_functions_and_no_others() throws SQLException {
        String query = "select proname from pg_proc where pronamespace = 'snowgate'::regnamespace"
                + " and has_function_privilege('%s', oid, 'execute') order by 1";
        assertThat(column(query.formatted("snowgate_gateway")))
                .containsExactly(
                        "admit_statement",
                        "append_events",
                        "begin_page",
                        "ensure_partitions",
                        "finish_page",
                        "next_catalog_version",
                        "return_first_page",
                        "schema_version");
        assertThat(column(query.formatted("snowgate_console")))
                .containsExactly("append_events", "next_catalog_version", "schema_version");
    }

    @Test
    void every_function_with_the_owners_rights_has_a_fixed_search_path() throws SQLException {
        String query = "select proname from pg_proc where pronamespace = 'snowgate'::regnamespace and prosecdef"
                + " and not coalesce(proconfig::text, '') like '%search_path=snowgate, pg_temp%'";
        assertThat(column(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict)"
                        + " values (1, 'a', 'a', '{}', 'APPROVE')",
                "insert into policy_active (version) values (1)",
                "update policy_version set published_at = now(), published_by = 'x'",
                "update approval_request set statement_digest = '\\x00'",
                "update approval_request set expires_at = now() + interval '1 year'",
                "update approval_request set decided_by = 'x'",
                "update agent_standing set suspended_at = null, suspended_by = null",
                "update statement set request_id = 'x'",
                "update statement set upstream_request_id = gen_random_uuid()",
                "update agent_session set person_claim = 'x'",
                "update session_head set seq = 0",
                "insert into session_event (session_id, seq, at, kind, actor, body, digest, link) values"
                        + " (gen_random_uuid(), 1, now(), 'RECEIVED', 'x', '', '', '')",
                "update session_event set body = ''",
                "delete from session_event",
                "truncate session_event",
                "delete from result_page",
                "truncate result_page",
                "delete from protection_mark",
                "insert into event_kind values ('X', 'GATEWAY')",
                "insert into statement_transition values ('HELD', 'SENT')",
                "alter table statement disable trigger all",
                "create table snowgate.x ()",
                "create table public.x ()",
                "create temporary table x ()",
                "set role snowgate_owner",
                "select * from flyway_schema_history",
            })
    void the_gateway_is_refused(String sql) throws SQLException {
        try (Connection gateway = database.gateway().connect()) {
            SqlStateAssert.assertRefused(SqlStates.NO_RIGHT, () -> Fixture.run(gateway, sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into statement (id) values (gen_random_uuid())",
                "update statement set state = 'CLEARED'",
                "update statement set decision = ''",
                "update approval_request set state = 'APPROVED'",
                "insert into approval_request (statement_id) values (gen_random_uuid())",
                "select sealed_chunks from statement",
                "select upstream from agent_session",
                "select * from agent_token",
                "update agent_session set closed_at = now()",
                "update approval_review set verdict = 'APPROVE'",
                "delete from approval_review",
                "update session_event set body = ''",
                "delete from session_event",
                "truncate session_event",
                "delete from result_page",
                "update session_head set seq = 0",
                "delete from policy_version",
                "delete from policy_active",
                "select begin_page(gen_random_uuid(), 0)",
                "select ensure_partitions(1)",
                "create table snowgate.x ()",
                "create temporary table x ()",
                "set role snowgate_owner",
            })
    void the_console_is_refused(String sql) throws SQLException {
        try (Connection console = database.console().connect()) {
            SqlStateAssert.assertRefused(SqlStates.NO_RIGHT, () -> Fixture.run(console, sql));
        }
    }

    @Test
    void both_programs_read_the_schema_version() throws SQLException {
        for (TestDatabase.Access access : List.of(database.gateway(), database.console())) {
            try (Connection connection = access.connect()) {
                assertThat(Fixture.number(connection, SchemaVersion.QUERY)).isEqualTo(SchemaVersion.EXPECTED);
            }
        }
    }

    private static CsvSource annotation() {
        try {
            return RightsIT.class
                    .getDeclaredMethod(
                            "each_program_has_these_rights_and_no_others", String.class, String.class, String.class)
                    .getAnnotation(CsvSource.class);
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String rights(String role, String table) throws SQLException {
        StringBuilder rights = new StringBuilder();
        String[][] names = {
            {"select", "S"}, {"insert", "I"}, {"update", "U"}, {"delete", "D"}, {"truncate", "T"}, {"trigger", "G"}
        };
        try (Connection owner = database.owner().connect()) {
            for (String[] name : names) {
                boolean column = !List.of("delete", "truncate", "trigger").contains(name[0]);
                if (yes(owner, "select has_table_privilege(?, ?, ?)", role, table, name[0])) {
                    rights.append(name[1]);
                } else if (column && yes(owner, "select has_any_column_privilege(?, ?, ?)", role, table, name[0])) {
                    rights.append(name[1].toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        return rights.isEmpty() ? "-" : rights.toString();
    }

    private static boolean yes(Connection owner, String query, String... arguments) throws SQLException {
        return "t".equals(Fixture.text(owner, query, (Object[]) arguments));
    }

    private static List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
