package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.ProtocolDialect;
import dev.snowgate.gateway.statement.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Which dialect a path belongs to; a path of none is refused with one constant body. */
final class Dialects {
    private static final byte[] NO_DIALECT = """
            {"data":null,"code":"099102","message":"Snowgate does not serve this path. It speaks the protocol of the Snowflake \
            drivers and the SQL API at /api/v2/statements.","success":false}""".getBytes(StandardCharsets.UTF_8);
    private static final String NONE = "none";

    private final List<ProtocolDialect> dialects;

    Dialects(List<ProtocolDialect> dialects) {
        this.dialects = List.copyOf(dialects);
    }

    Optional<ProtocolDialect> of(String path) {
        return dialects.stream().filter(dialect -> dialect.owns(path)).findFirst();
    }

    /** The name of the path's dialect, for the recording. */
    String nameOf(String path) {
        return of(path).map(ProtocolDialect::name).orElse(NONE);
    }

    /** The failure in the form of the path's dialect. */
    EncodedReply failure(String path, GatewayException failure) {
        return of(path).map(dialect -> dialect.writer().failure(failure))
                .orElseGet(() -> EncodedReply.json(404, NO_DIALECT));
    }
}
