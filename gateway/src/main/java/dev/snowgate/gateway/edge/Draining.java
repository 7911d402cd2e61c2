package dev.snowgate.gateway.edge;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.springframework.context.SmartLifecycle;

/**
 * Whether this replica is on its way out. It is the first to be stopped, before the server stops to listen: from then on new
 * exchanges are sent away, while those that run are answered by the server's own graceful shutdown.
 */
final class Draining implements SmartLifecycle {
    private final Duration delay;
    private volatile boolean started;
    private volatile boolean underWay;

    /**
     * With the time for which new exchanges are still told to go elsewhere before the server stops to listen.
     *
     * @param delay zero or more; long enough for a load balancer to notice
     */
    Draining(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Duration.ofSeconds(25)) > 0) {
            throw new IllegalArgumentException("'snowgate.edge.drain-delay' must be between 0s and 25s");
        }
        this.delay = delay;
    }

    boolean isUnderWay() {
        return underWay;
    }

    @Override
    public void start() {
        started = true;
        underWay = false;
    }

    @Override
    public void stop() {
        underWay = true;
        started = false;
    }

    @Override
    public void stop(Runnable callback) {
        stop();
        if (delay.isZero()) {
            callback.run();
            return;
        }
        // A thread of its own: a shared pool may be full of what the shutdown waits for.
        Timer timer = new Timer("draining", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        timer.cancel();
                        callback.run();
                    }
                },
                delay.toMillis());
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
