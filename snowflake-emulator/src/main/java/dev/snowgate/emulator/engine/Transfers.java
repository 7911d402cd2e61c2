package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.RowSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Invented replies to COPY, LIST, PUT and GET. They carry what looks like credentials, so that a test can show that a
 * gateway never lets them pass.
 */
final class Transfers {
    private Transfers() {}

    static Outcome.Success reply(StatementRunner runner, Execution execution, Kind kind) {
        Outcome.Success plain = switch (kind) {
            case COPY ->
                rows(
                        runner,
                        execution,
                        kind,
                        List.of("file", "status", "rows_parsed", "rows_loaded"),
                        "data.csv",
                        "LOADED",
                        "0",
                        "0");
            case UNLOAD ->
                rows(runner, execution, kind, List.of("rows_unloaded", "input_bytes", "output_bytes"), "0", "0", "0");
            case LIST -> rows(runner, execution, kind, List.of("name", "size", "md5", "last_modified"));
            default -> rows(runner, execution, kind, List.of("status"));
        };
        if (kind != Kind.PUT && kind != Kind.GET) {
            return plain;
        }
        return new Outcome.Success(
                plain.result(), plain.typeId(), Map.of(), 0, false, transfer(kind == Kind.PUT, execution.sqlText()));
    }

    private static Map<String, Object> transfer(boolean upload, String sqlText) {
        String folder = System.getProperty("java.io.tmpdir") + "/emulated-stage";
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("locationType", "LOCAL_FS");
        stage.put("location", folder);
        stage.put("path", "");
        stage.put("region", "us-east-1");
        stage.put("isClientSideEncrypted", false);
        stage.put(
                "creds",
                Map.of(
                        "AWS_KEY_ID",
                        "EMULATED_KEY",
                        "AWS_SECRET_KEY",
                        "EMULATED_SECRET",
                        "AWS_TOKEN",
                        "EMULATED_TOKEN"));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("command", upload ? "UPLOAD" : "DOWNLOAD");
        data.put("operation", "Node");
        data.put("src_locations", List.of(source(sqlText)));
        data.put("parallel", 4);
        data.put("threshold", 209715200);
        data.put("autoCompress", false);
        data.put("overwrite", true);
        data.put("sourceCompression", "none");
        data.put("clientShowEncryptionParameter", false);
        data.put("stageInfo", stage);
        if (!upload) {
            data.put("localLocation", folder);
            data.put("encryptionMaterial", List.of());
        }
        return data;
    }

    private static String source(String text) {
        int at = text.indexOf("file://");
        if (at < 0) {
            return "";
        }
        String path = text.substring(at + "file://".length());
        int end = path.indexOf(' ');
        return end < 0 ? path : path.substring(0, end);
    }

    private static Outcome.Success rows(
            StatementRunner runner, Execution execution, Kind kind, List<String> names, String... cells) {
        List<Column> columns = names.stream().map(Column::text).toList();
        List<@Nullable Object[]> rows = cells.length == 0 ? List.of() : Collections.singletonList(cells);
        return runner.stored(execution, kind, RowSource.of(columns, rows), Map.of());
    }
}
