package dev.snowgate.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link AnalysisBenchmark} within about a minute and a half and prints one table: what reading and deciding a statement costs. */
public final class AnalysisReport {
    private static final Map<String, String> ROWS = rows();

    private AnalysisReport() {}

    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("analysis", "analysis");
        rows.put("parserAlone", "JSqlParser alone, same statements");
        rows.put("analysisCached", "analysis of a known text");
        rows.put("decisionOf10Rules", "decision, 10 rules");
        rows.put("decisionOf1000Rules", "decision, 1,000 rules");
        return rows;
    }

    /** With the path of a file of lines {@code {"sql": …}}, or without for the file that ships with it. */
    public static void main(String[] arguments) throws RunnerException {
        String file = arguments.length > 0 ? arguments[0] : "benchmarks/statements.jsonl";
        Options options = new OptionsBuilder()
                .include(AnalysisBenchmark.class.getName().replace(".", "\\."))
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(3))
                .shouldDoGC(false)
                .verbosity(VerboseMode.SILENT)
                // statements may be nested deeply: the same stack that the gateway gives to analysis
                .jvmArgsAppend(
                        "-Xss32m",
                        "-Xmx1g",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-D" + AnalysisWork.STATEMENTS + "=" + Path.of(file))
                .build();
        Map<String, Statistics> found = new LinkedHashMap<>();
        for (RunResult result : new Runner(options).run()) {
            String label = result.getPrimaryResult().getLabel();
            found.put(label, result.getPrimaryResult().getStatistics());
        }
        print(found);
    }

    private static void print(Map<String, Statistics> found) {
        System.out.println("| work | p50 µs | p90 µs | p99 µs | mean µs | samples |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        ROWS.forEach((name, words) -> {
            Statistics s = found.get(name);
            if (s != null) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f | %.1f | %d |%n",
                        words,
                        s.getPercentile(50),
                        s.getPercentile(90),
                        s.getPercentile(99),
                        s.getMean(),
                        s.getN());
            }
        });
        Statistics ten = found.get("decisionOf10Rules");
        Statistics thousand = found.get("decisionOf1000Rules");
        if (ten != null && thousand != null) {
            System.out.printf(
                    Locale.ROOT,
                    "%nA hundred times the rules cost %.1f times the time of a decision (medians; means: %.1f).%n",
                    thousand.getPercentile(50) / ten.getPercentile(50),
                    thousand.getMean() / ten.getMean());
        }
    }
}
