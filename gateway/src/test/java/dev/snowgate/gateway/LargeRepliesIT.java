package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Replies with megabytes of rows inside: masked, recorded and released like small ones, to each client as it takes them. */
@ExtendWith(BufferLeaks.class)
class LargeRepliesIT {
    private static final int CUSTOMERS = 20_000;
    private static final String STATEMENTS = "/api/v2/statements";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                options -> options.seed(CUSTOMERS, 2_000, 200).inlineBytes(16 * 1024 * 1024), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "ARROW"})
    void the_vendors_driver_reads_every_row_masked(String format) throws SQLException {
        // When
        List<String> rows = read("select customer_id, email, full_name from customers order by customer_id", format);

        // Then
        assertThat(rows).hasSize(CUSTOMERS);
        assertThat(rows).allMatch(row -> row.contains("***@"));
        List<String> small =
                read("select customer_id, email, full_name from customers order by customer_id limit 20", format);
        assertThat(rows.subList(0, 20)).isEqualTo(small);
    }

    @Test
    void rows_without_a_mask_are_read_in_arrow_too() throws SQLException {
        assertThat(read("select customer_id, segment from customers order by customer_id", "ARROW"))
                .hasSize(CUSTOMERS)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"gzip,true", "gzip,false", ",true", ",false", "gzip;q=0,true"})
    void the_sql_api_answers_in_one_page_as_the_client_takes_it(String encoding, boolean nullable) {
        try (RawClient client = new RawClient(gateway.url())) {
            // When
            Map<String, String> headers = new HashMap<>(RawClient.bearer(gateway.token("support-copilot")));
            if (encoding != null) {
                headers.put("Accept-Encoding", encoding);
            }
            RawClient.Answer answer = client.send(
                    "POST",
                    STATEMENTS + (nullable ? "" : "?nullable=false"),
                    RawClient.json(Map.of(
                            "statement",
                            "select customer_id, email, iff(customer_id % 2 = 0, null, 'x') as part_null from customers"
                                    + " order by customer_id")),
                    headers);

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().headers().firstValue("Content-Encoding"))
                    .isEqualTo("gzip".equals(encoding) ? java.util.Optional.of("gzip") : java.util.Optional.empty());
            assertThat(answer.response().headers().firstValueAsLong("Content-Length"))
                    .hasValue(answer.response().body().length);
            JsonNode data = answer.json().path("data");
            assertThat(data.size()).isEqualTo(CUSTOMERS);
            int nulls = 0;
            int words = 0;
            for (JsonNode row : data) {
                assertThat(row.get(1).asString()).contains("***@");
                nulls += row.get(2).isNull() ? 1 : 0;
                words += row.get(2).asString().equals("null") && row.get(2).isString() ? 1 : 0;
            }
            assertThat(nulls).isEqualTo(nullable ? CUSTOMERS / 2 : 0);
            assertThat(words).isEqualTo(nullable ? 0 : CUSTOMERS / 2);
            assertThat(answer.json().path("statementHandle").asString()).isNotEmpty();
        }
    }

    @Test
    void the_recording_has_every_row_of_the_page() throws SQLException {
        // When
        read("select customer_id, email as all_recorded from customers order by customer_id", "JSON");

        // Then
        assertThat(gateway.query(
                        "select p.rows || ' ' || p.masked_cells || ' ' || (p.bytes > 500000) from result_page p"
                                + " join statement s on s.id = p.statement_id where s.shape ilike '%all_recorded%'"))
                .containsExactly(CUSTOMERS + " " + CUSTOMERS + " true");
    }

    private static List<String> read(String sql, String format) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("JDBC_QUERY_RESULT_FORMAT", format);
        List<String> all = new ArrayList<>();
        try (Connection connection = gateway.connect("support-copilot", properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= width; i++) {
                    row.append(rows.getString(i)).append('|');
                }
                all.add(row.toString());
            }
        }
        return all;
    }
}
