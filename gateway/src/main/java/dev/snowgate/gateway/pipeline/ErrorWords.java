package dev.snowgate.gateway.pipeline;

import java.util.Locale;
import java.util.Set;

/** The words that Snowflake's run-time errors are made of. Any other word of an error may be a value. */
final class ErrorWords {
    private static final Set<String> WORDS = Set.of(
            ("a aborted above access across action active added after against aggregate all allowed already also an and another any are argument arguments array as at "
                            + "authorized available bad batch be because been before being below between binary body boolean bound bounds but by bytes call called can cancelled canceled cannot "
                            + "cast character characters check clause code column columns compilation conflict constraint constraints contains conversion convert converted correctly count "
                            + "could create current data database date day decimal default delete depth detected did different digits divide division does duplicate during each either element "
                            + "elements empty end error errors evaluate evaluation exceed exceeded exceeds execute execution exist existing exists expected expression external fail failed fails "
                            + "field file files first fit fixed float for foreign format found from function functions geography geometry given got grouping had has have hour illegal implicit in incomplete "
                            + "incompatible index input insert insufficient integer internal interval into invalid is it its join json key keys large larger last least left length less limit "
                            + "limits line list literal literals lock long match matched maximum memory merge message minimum minute missing mixed month more most multiple must name negative no "
                            + "non-deterministic non-nullable nondeterministic not null number numbers numeric object of off on one only operand operation operations operator or order out "
                            + "overflow parameter parse parsed parser parsing part partition path pattern perform permitted pivot policy position positive precision primary privileges procedure "
                            + "processing provided query range read real recognized record records recursion reached required resource result return returned returns row rows runtime same scalar scale "
                            + "schema second seconds select sequence session set should single size small smaller source specified sql start statement stream string subquery such supplied "
                            + "supported syntax system table tables target task temporarily text than that the then there these this time timed timeout timestamp to token too transaction "
                            + "transformation truncated two type types udf unable unauthorized uncaught unexpected unique unknown unsupported unterminated update updated use used user using utf valid value values varchar "
                            + "variable variant view violated violation warehouse was were when where which while whole will window with within without xml year you zero ")
                    .split(" "));

    private ErrorWords() {}

    /** Without regard to case. */
    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
