package dev.snowgate.gateway.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The edge on a port of its own, with a backend that only notes what it is asked. */
final class EdgeFixture implements AutoCloseable {
    final ReactiveWebServerApplicationContext context;
    final FakeBackend backend;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    EdgeFixture() {
        this("0s");
    }

    EdgeFixture(String drainDelay) {
        context = (ReactiveWebServerApplicationContext) new SpringApplicationBuilder(Edge.class)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--snowgate.edge.drain-delay=" + drainDelay,
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--snowgate.edge.max-body=64KB",
                        "--snowgate.edge.max-inflated=128KB",
                        "--snowgate.edge.max-small-body=4KB",
                        "--snowgate.edge.max-statement-characters=1000",
                        "--management.endpoints.web.exposure.include=*");
        backend = context.getBean(FakeBackend.class);
        port = context.getWebServer().getPort();
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    /** Closes the application alone: the client goes on asking. */
    void shutDown() {
        context.close();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** No stereotype: the program's own scan must not find it where both are on the class path. */
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcDataAutoConfiguration",
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration"
            })
    @Import({EdgeConfiguration.class, SnowflakeRoutes.class, SecurityConfiguration.class})
    static class Edge {
        @Bean
        FakeBackend backend() {
            return new FakeBackend();
        }
    }
}
