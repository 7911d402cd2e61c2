package dev.snowgate.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/** The emulator's own log: one entry for each statement that it executed. */
final class EmulatorLog {
    private final String text;

    private EmulatorLog(String text) {
        this.text = text;
    }

    static EmulatorLog read(Ports ports) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.emulatorUrl() + "/__emulator/log"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
                throw new DemoException("The emulator's log cannot be read (status " + reply.statusCode() + ").");
            }
            return new EmulatorLog(reply.body().toUpperCase(Locale.ROOT));
        } catch (IOException e) {
            throw new DemoException("The emulator does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }

    /** How often that text stands in the log. */
    int count(String part) {
        String wanted = part.toUpperCase(Locale.ROOT);
        int count = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            count++;
        }
        return count;
    }
}
