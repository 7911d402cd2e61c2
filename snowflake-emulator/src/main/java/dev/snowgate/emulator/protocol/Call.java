package dev.snowgate.emulator.protocol;

import dev.snowgate.emulator.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A request with its whole body.
 *
 * @param body as sent; gzip is told by its first bytes, because not every client says so
 */
public record Call(ServerRequest request, byte[] body) {

    public String path() {
        return request.path();
    }

    public String variable(String name) {
        return request.pathVariable(name);
    }

    public @Nullable String query(String name) {
        return request.queryParam(name).orElse(null);
    }

    public @Nullable String header(String name) {
        return request.headers().firstHeader(name);
    }

    public boolean fromLoopback() {
        InetAddress address =
                request.remoteAddress().map(InetSocketAddress::getAddress).orElse(null);
        return address != null && address.isLoopbackAddress();
    }

    /** The body as JSON; missing when it is empty. */
    public JsonNode json() {
        try {
            byte[] plain = body;
            if (body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b) {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                    plain = in.readAllBytes();
                }
            }
            return plain.length == 0 ? MissingNode.getInstance() : Json.MAPPER.readTree(plain);
        } catch (IOException | JacksonException e) {
            throw new Refused("390400", "08001", "The request body is not valid.");
        }
    }
}
