package dev.snowgate.benchmarks;

import dev.snowgate.masking.Detection;
import dev.snowgate.masking.DetectionCounts;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.Masks;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Megabytes of text per second of processor time that content detection reads. Some ten seconds. */
public final class DetectionSpeed {
    private static final int CELLS = 20_000;
    private static final long WARM_UP = 400_000_000L;
    private static final int RUNS = 5;
    private static final String[] WORDS =
            ("the customer wrote that her parcel had not arrived and asked for the state of the delivery since then we have "
                            + "called the carrier who says it was left with a neighbour on the second floor please refund the order")
                    .split(" ", -1);

    private DetectionSpeed() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        Masks masks = new Masks(new byte[32]);
        Mask all = Mask.detect(new Detection(EnumSet.allOf(Detector.class), List.of("CH", "US"), Map.of()));
        Mask pattern = Mask.detect(new Detection(EnumSet.of(Detector.EMAIL), List.of(), Map.of("badge", "B-[0-9]{6}")));
        System.out.println("| cells | MB/s | found in 1,000 cells |");
        System.out.println("| --- | ---: | ---: |");
        print("words only", masks, all, "text", cells("", 0));
        print("words and small numbers", masks, all, "text", cells(" %d items on 2024-05-17 at 10:30", 1));
        print("an order number in each", masks, all, "text", cells(" order 20%08d", 1));
        print("an address in one of 20", masks, all, "text", cells(" ada%d@example.com", 20));
        print("an address in each", masks, all, "text", cells(" ada%d@example.com", 1));
        print("a phone number in each", masks, all, "text", cells(" +41 79 123 45 67, %d", 1));
        print("a card number in each", masks, all, "text", cells(" 4111 1111 1111 1111, %d", 1));
        print("words of other scripts", masks, all, "text", cells(" Zürich, 東京, Москва %d", 1));
        print("variants with three texts", masks, all, "variant", variants());
        print("a pattern of the policy", masks, pattern, "text", cells("", 0));
    }

    /** Some 200 characters each. */
    private static List<String> cells(String ending, int every) {
        Random random = new Random(1);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < CELLS; i++) {
            StringBuilder cell = new StringBuilder();
            while (cell.length() < 180) {
                cell.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            if (every > 0 && i % every == 0) {
                cell.append(String.format(Locale.ROOT, ending, random.nextInt(1_000_000)));
            }
            cells.add(cell.toString());
        }
        return cells;
    }

    private static List<String> variants() {
        return cells("", 0).stream()
                .map(text -> "{\"subject\": \"" + text.substring(0, 60) + "\", \"n\": 17, \"body\": [\""
                        + text.substring(60, 120) + "\", \""
                        + text.substring(120).strip() + "\"]}")
                .toList();
    }

    private static void print(String name, Masks masks, Mask mask, String type, List<String> cells) {
        long bytes = cells.stream()
                .mapToLong(cell -> cell.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        DetectionCounts counts = new DetectionCounts();
        run(masks, mask, type, cells, counts);
        long until = cpu() + WARM_UP;
        while (cpu() < until) {
            run(masks, mask, type, cells, new DetectionCounts());
        }
        double[] rates = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long began = cpu();
            run(masks, mask, type, cells, new DetectionCounts());
            rates[i] = bytes * 1e3 / (cpu() - began);
        }
        Arrays.sort(rates);
        System.out.printf(Locale.ROOT, "| %s | %.0f | %d |%n", name, rates[RUNS / 2], counts.total() * 1000 / CELLS);
    }

    /** Nanoseconds of this thread, so that a busy machine does not make it look slow. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void run(Masks masks, Mask mask, String type, List<String> cells, DetectionCounts counts) {
        for (String cell : cells) {
            if (masks.apply(mask, type, cell, counts) == null) {
                throw new IllegalStateException("a cell became null");
            }
        }
    }
}
