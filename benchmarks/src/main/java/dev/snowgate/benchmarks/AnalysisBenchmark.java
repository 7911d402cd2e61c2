package dev.snowgate.benchmarks;

import dev.snowgate.policy.Decision;
import dev.snowgate.policy.DecisionRequest;
import dev.snowgate.policy.PolicySet;
import dev.snowgate.sql.SqlAnalysis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Each operation takes the next statement of the file, round and round, so that the percentiles are those over the statements.
 * {@link AnalysisReport} runs it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnalysisBenchmark {
    private AnalysisWork work = new AnalysisWork();
    private List<DecisionRequest> requests = List.of();
    private PolicySet ten = AnalysisWork.policies(10);
    private PolicySet thousand = AnalysisWork.policies(1_000);
    private final Map<String, SqlAnalysis> known = new HashMap<>();
    private int next;

    /** Analyses once what decisions and the cache start from. */
    @Setup
    public void prepare() {
        requests = work.requests();
        work.statements.forEach(sql -> known.put(sql, work.analyse(sql)));
    }

    private int next() {
        next = next + 1 < work.statements.size() ? next + 1 : 0;
        return next;
    }

    @Benchmark
    public SqlAnalysis analysis() {
        return work.analyse(work.statements.get(next()));
    }

    /** The text is copied, because the one that arrives is never the object that was kept: its hash is computed anew. */
    @Benchmark
    public @Nullable SqlAnalysis analysisCached() {
        String arrived = new String(work.statements.get(next()).toCharArray());
        return known.get(arrived);
    }

    @Benchmark
    public Decision decisionOf10Rules() {
        return ten.decide(requests.get(next()));
    }

    @Benchmark
    public Decision decisionOf1000Rules() {
        return thousand.decide(requests.get(next()));
    }

    /** The parser alone, in the calling thread; what it cannot parse costs an exception, as it would in a product. */
    @Benchmark
    public Object parserAlone() {
        try {
            return CCJSqlParserUtil.newParser(work.statements.get(next())).Statement();
        } catch (net.sf.jsqlparser.parser.ParseException | RuntimeException | Error unparsed) {
            return unparsed;
        }
    }
}
