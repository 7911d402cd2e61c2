package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.util.List;
import java.util.stream.Stream;

/** Which objects a statement names, and which routines it calls, that the catalog does not know. */
final class MissingObjects {
    private static final int MOST = 8;

    private MissingObjects() {}

    static List<ObjectName> of(AnalysedStatement analysed) {
        Stream<ObjectName> unknown = switch (analysed.analysis()) {
            case SqlAnalysis.NotUnderstood not -> not.missing().stream();
            case SqlAnalysis.Understood understood ->
                Stream.concat(
                        understood.unread().stream(),
                        understood.statements().stream().flatMap(MissingObjects::unknown));
        };
        return unknown.distinct().limit(MOST).toList();
    }

    private static Stream<ObjectName> unknown(StatementAnalysis statement) {
        Stream<ObjectName> named = statement.objects().stream()
                .filter(use -> !use.known())
                .map(use -> use.kind() == ObjectKind.STAGE ? StageEntry.nameOf(use.name()) : use.name());
        return Stream.concat(named, statement.flags().stream().flatMap(MissingObjects::below));
    }

    /** What a view reads; a name with a dot in one of its parts is not asked for and stays unknown. */
    private static Stream<ObjectName> below(String flag) {
        if (!flag.startsWith(StatementAnalysis.NOT_CATALOGUED)) {
            return Stream.empty();
        }
        String[] parts =
                flag.substring(StatementAnalysis.NOT_CATALOGUED.length()).split("\\.", -1);
        return parts.length == 3 ? Stream.of(new ObjectName(parts[0], parts[1], parts[2])) : Stream.empty();
    }
}
