package dev.snowgate.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a benchmark: when it is done, when it fails and when it takes too long; its child processes end with it. */
final class Deadline {
    private Deadline() {}

    /** A benchmark. */
    interface Work {
        void run() throws Exception;
    }

    static void during(Duration most, Work work) {
        Thread watch = new Thread(() -> {
            long end = System.nanoTime() + most.toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            System.err.println("It took longer than " + most.toSeconds() + " s and was ended.");
            System.exit(3);
        });
        watch.setDaemon(true);
        watch.start();
        try {
            work.run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }
}
