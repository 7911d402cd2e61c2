package dev.snowgate.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Watches the memory of its own process and tells it over loopback: {@code /reading}, {@code /reset} forgets the peaks, and
 * {@code /collect} collects garbage first.
 */
final class MemoryProbe {
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final Map<String, Long> peaks = new ConcurrentHashMap<>();
    private volatile long live;

    private MemoryProbe() {}

    /** Starts watching; the port that it answers on. */
    static int start() throws IOException {
        MemoryProbe probe = new MemoryProbe();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(
                        (notification, ignored) -> probe.collected((CompositeData) notification.getUserData()),
                        notification -> notification
                                .getType()
                                .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
                        null);
            }
        }
        Thread sampler = new Thread(probe::sample, "memory-probe");
        sampler.setDaemon(true);
        sampler.start();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", probe::answer);
        server.start();
        return server.getAddress().getPort();
    }

    private void collected(CompositeData data) {
        long used = GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        peak(MemoryReading.HEAP_AFTER_COLLECTION_PEAK, used);
    }

    private void sample() {
        while (true) {
            peak(MemoryReading.HEAP_PEAK, MEMORY.getHeapMemoryUsage().getUsed());
            peak(MemoryReading.DIRECT_PEAK, direct());
            peak(MemoryReading.NETTY_PEAK, Math.max(0, PlatformDependent.usedDirectMemory()));
            peak(MemoryReading.RESIDENT_PEAK, resident());
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private void peak(String name, long value) {
        peaks.merge(name, value, Math::max);
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/reset" -> peaks.clear();
            case "/collect" -> collect();
            default -> {}
        }
        byte[] body = reading().lines().getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void collect() {
        System.gc();
        live = MEMORY.getHeapMemoryUsage().getUsed();
    }

    private MemoryReading reading() {
        Map<String, Long> values = new ConcurrentHashMap<>(peaks);
        values.put(MemoryReading.HEAP_LIVE, live);
        values.put(MemoryReading.PROCESSOR_NANOS, processor());
        return new MemoryReading(values);
    }

    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException untold) {
            return 0;
        }
    }
}
