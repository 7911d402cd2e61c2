package dev.snowgate.policy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of JSON lines one by one; a line that is wrong does not spoil those after it. */
final class StatementLines implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** A line beyond it is read past, never kept: a file without line feeds must not fill the memory. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private final InputStream in;
    private int number;

    private StatementLines(InputStream in) {
        this.in = in;
    }

    static StatementLines open(Path file) throws IOException {
        return new StatementLines(new BufferedInputStream(Files.newInputStream(file)));
    }

    /**
     * One line that is not blank.
     *
     * @param number 1-based
     * @param id the id as JSON, null where there is none
     * @param sql the statement, empty if the line is wrong
     * @param problem what is wrong with the line, empty text if nothing is
     */
    record Line(int number, JsonNode id, Optional<String> sql, String problem) {}

    /** The next line, or empty at the end of the file. */
    Optional<Line> next() throws IOException {
        for (Optional<byte[]> bytes = bytes(); bytes.isPresent(); bytes = bytes()) {
            number++;
            if (bytes.get().length > LONGEST) {
                return Optional.of(wrong(JSON.nullNode(), "The line is longer than 16 MB."));
            }
            String text;
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.get()))
                        .toString();
            } catch (CharacterCodingException e) {
                return Optional.of(wrong(JSON.nullNode(), "The line is not UTF-8."));
            }
            if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                text = text.substring(1);
            }
            if (!text.isBlank()) {
                return Optional.of(read(text));
            }
        }
        return Optional.empty();
    }

    private Line read(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            return wrong(JSON.nullNode(), "The line is not JSON.");
        }
        JsonNode id =
                node.path("id").isValueNode() && !node.path("id").isMissingNode() ? node.path("id") : JSON.nullNode();
        if (node.path("sql").isString() && hasHalfCharacter(node.path("sql").asString())) {
            return wrong(id, "The statement holds half a character.");
        }
        return node.path("sql").isString()
                ? new Line(number, id, Optional.of(node.path("sql").asString()), "")
                : wrong(id, "The line is not an object with id and sql.");
    }

    /** An escape can write half of a pair of characters; no such text reaches Snowflake. */
    private static boolean hasHalfCharacter(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private Line wrong(JsonNode id, String problem) {
        return new Line(number, id, Optional.empty(), problem);
    }

    /** Lines end with a line feed only: other separators may stand inside of JSON texts. */
    private Optional<byte[]> bytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            // one byte more than is allowed tells that it was too long
            if (line.size() <= LONGEST) {
                line.write(next);
            }
        }
        return Optional.of(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
