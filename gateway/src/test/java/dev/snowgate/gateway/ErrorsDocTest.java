package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of errors and the code say the same. */
class ErrorsDocTest {
    @Test
    void the_page_lists_exactly_the_codes_with_their_numbers() throws IOException {
        List<String> documented = Files.readAllLines(page()).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(String::strip)
                        .skip(1)
                        .limit(5)
                        .toList())
                .map(cells -> String.join(" ", cells).replace("`", ""))
                .toList();
        List<String> coded = Arrays.stream(GatewayErrorCode.values())
                .map(code -> code.name() + " " + code.number() + " " + code.wireCode() + " " + code.sqlState() + " "
                        + code.httpStatus())
                .toList();
        assertThat(documented).containsExactlyElementsOf(coded);
        assertThat(Arrays.stream(GatewayErrorCode.values()).map(GatewayErrorCode::number))
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(GatewayErrorCode.values()).map(GatewayErrorCode::wireCode))
                .allMatch(code -> code.matches("[0-9]{6}"));
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        Path docs = here.resolve("docs/errors.md");
        return Files.exists(docs) ? docs : here.resolveSibling("docs").resolve("errors.md");
    }
}
