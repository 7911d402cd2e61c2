package dev.snowgate.console.recording;

import dev.snowgate.console.recording.Moment.Column;
import dev.snowgate.console.recording.Moment.Received;
import dev.snowgate.console.text.MaskWords;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Opens recorded pages: sealed, compressed JSON rows of texts and nulls. Reads no more than a person looks at. */
final class Pages {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_CELL = 2_000;

    private Pages() {}

    static Optional<Received> open(
            DataKey key, StatementId statement, byte[] sealed, Optional<MaskPlan> plan, long total, int most) {
        try {
            byte[] packed = key.open(sealed, Place.ofPage(statement, 0));
            List<List<@Nullable String>> rows = rows(packed, most);
            int width = rows.stream().mapToInt(List::size).max().orElse(0);
            return Optional.of(new Received(columns(plan, width), rows, total));
        } catch (IOException | RuntimeException unreadable) {
            // Never half a page: what cannot be read whole is not shown.
            return Optional.empty();
        }
    }

    private static List<List<@Nullable String>> rows(byte[] packed, int most) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed));
                JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), plain)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY);
            while (rows.size() < most && parser.nextToken() != JsonToken.END_ARRAY) {
                expect(parser.currentToken(), JsonToken.START_ARRAY);
                rows.add(row(parser));
            }
        }
        return rows;
    }

    private static List<@Nullable String> row(JsonParser parser) throws IOException {
        List<@Nullable String> cells = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonToken token = parser.currentToken();
            if (token == null || token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                throw new IOException("a cell is a text or null");
            }
            cells.add(token == JsonToken.VALUE_NULL ? null : cut(parser.getString()));
        }
        return cells;
    }

    private static String cut(String cell) {
        return cell.length() <= LONGEST_CELL ? cell : cell.substring(0, LONGEST_CELL) + "…";
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException("this is no list of rows");
        }
    }

    static List<Column> columns(Optional<MaskPlan> plan, int width) {
        MaskPlan known = plan.orElse(MaskPlan.none());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < Math.max(width, known.columns().size()); i++) {
            Optional<MaskPlan.PlannedColumn> planned = known.column(i);
            String name = planned.map(MaskPlan.PlannedColumn::name).orElse("");
            columns.add(new Column(
                    name.isEmpty() ? "column " + (i + 1) : name,
                    planned.flatMap(MaskPlan.PlannedColumn::mask)
                            .map(mask -> MaskWords.of(mask.function()))
                            .orElse("")));
        }
        return columns;
    }
}
