package dev.snowgate.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Follows each buffer of Netty while the tests of a class run, and fails the class if one was lost. */
public final class BufferLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        LOG.addAppender(reports);
    }

    /** What was lost is told when a later buffer is made after it was collected. */
    @Override
    public void afterAll(ExtensionContext context) {
        for (int i = 0; i < 20; i++) {
            System.gc();
            for (int n = 0; n < 200; n++) {
                PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
        }
        LOG.detachAppender(reports);
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        assertThat(reports.list).as("reports of lost buffers").isEmpty();
    }
}
