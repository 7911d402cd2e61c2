package dev.snowgate.benchmarks;

import dev.snowgate.gateway.GatewayApplication;
import java.io.IOException;

/**
 * The gateway's own program with a memory probe beside it: prints {@code probe=PORT} once it serves, and ends when its standard
 * input does, so that it never outlives the benchmark that started it.
 */
final class MeasuredGateway {
    private MeasuredGateway() {}

    public static void main(String[] arguments) throws IOException {
        GatewayApplication.main(arguments);
        System.out.println("probe=" + MemoryProbe.start());
        while (System.in.read() >= 0) {
            // nothing is ever said
        }
        System.exit(0);
    }
}
