package dev.snowgate.console.testing;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import dev.snowgate.sql.WriteLineage;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A statement with an analysis written by hand, so that pages are tested without the analyser. */
public final class Sample {
    private static final Set<String> KEYWORDS = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "JOIN",
            "ON",
            "AND",
            "OR",
            "AS",
            "CREATE",
            "REPLACE",
            "TABLE",
            "NOT",
            "LIKE",
            "GROUP",
            "BY",
            "ALL",
            "HAVING",
            "ORDER",
            "UPDATE",
            "SET",
            "DELETE",
            "INSERT",
            "INTO",
            "VALUES",
            "ALTER",
            "ADD",
            "COLUMN",
            "CALL",
            "COPY",
            "LIMIT",
            "DESC",
            "SHOW",
            "COUNT",
            "IN",
            "DESCRIBE",
            "WAREHOUSES",
            "DROP");
    static final SessionContext CONTEXT = SessionContext.of(
            "acme-eu1", "SVC_AGENT", "AGENT_WRITER", Optional.of("AGENT_WH"), Optional.of("PROD"), Optional.of("CRM"));

    private final String title;
    private final String sql;
    private final StatementKind kind;
    private final List<ObjectUse> objects = new ArrayList<>();
    private final Set<ColumnName> read = new HashSet<>();
    private final Set<ColumnName> predicate = new HashSet<>();
    private final List<WriteLineage> writes = new ArrayList<>();
    private final List<OutputColumn> output = new ArrayList<>();
    private final List<MaskPlan.PlannedColumn> masks = new ArrayList<>();
    private final Set<String> flags = new HashSet<>();

    private Sample(String title, StatementKind kind, String sql) {
        this.title = title;
        this.kind = kind;
        this.sql = sql;
    }

    public static Sample of(String title, StatementKind kind, String sql) {
        return new Sample(title, kind, sql);
    }

    static ObjectName object(String name) {
        String[] parts = name.split("\\.");
        return new ObjectName(parts[0], parts[1], parts[2]);
    }

    static ColumnName column(String name) {
        int dot = name.lastIndexOf('.');
        return new ColumnName(object(name.substring(0, dot)), name.substring(dot + 1));
    }

    public Sample touches(Effect effect, String... names) {
        for (String name : names) {
            objects.add(new ObjectUse(object(name), ObjectKind.TABLE, effect, true));
        }
        return this;
    }

    public Sample reads(String... columns) {
        for (String name : columns) {
            read.add(column(name));
        }
        return this;
    }

    public Sample filtersOn(String... columns) {
        for (String name : columns) {
            predicate.add(column(name));
        }
        return reads(columns);
    }

    public Sample flag(String flag) {
        flags.add(flag);
        return this;
    }

    public Sample writes(String target, String source) {
        writes.add(new WriteLineage(column(target), Set.of(column(source))));
        return this;
    }

    public Sample gives(String name) {
        output.add(new OutputColumn(name, Set.of(), OutputColumn.Derivation.DIRECT));
        masks.add(new MaskPlan.PlannedColumn(name, Optional.empty(), "", ""));
        return this;
    }

    public Sample gives(String name, String origin, MaskFunction mask, String category) {
        output.add(new OutputColumn(name, Set.of(column(origin)), OutputColumn.Derivation.DIRECT));
        masks.add(new MaskPlan.PlannedColumn(name, Optional.of(Mask.of(mask)), "contact-data", category));
        return reads(origin);
    }

    public String title() {
        return title;
    }

    public String sql() {
        return sql;
    }

    MaskPlan plan() {
        return masks.isEmpty() ? MaskPlan.none() : new MaskPlan(masks, true);
    }

    public StatementText text() {
        return new StatementText(sql, Optional.of(executed()));
    }

    ExecutedText executed() {
        Lexed lexed = Lexer.lex(sql);
        List<ExecutedText.TokenSpan> spans = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        StringBuilder shape = new StringBuilder();
        int at = 0;
        for (Token token : lexed.tokens()) {
            spans.add(new ExecutedText.TokenSpan(new TextSpan(token.start(), token.end()), tokenClass(token)));
            shape.append(lexed.text(), at, token.start());
            if (token.isLiteral()) {
                literals.add(token.text());
                shape.append('‹').append(literals.size()).append('›');
            } else {
                shape.append(token.text());
            }
            at = token.end();
        }
        return new ExecutedText(lexed.text(), shape.toString(), literals, lexed.comments(), spans);
    }

    private static ExecutedText.TokenClass tokenClass(Token token) {
        if (token.isLiteral()) {
            return ExecutedText.TokenClass.LITERAL;
        }
        if (token.type() == Token.Type.OPERATOR) {
            return ExecutedText.TokenClass.OPERATOR;
        }
        return KEYWORDS.contains(token.word()) ? ExecutedText.TokenClass.KEYWORD : ExecutedText.TokenClass.NAME;
    }

    public RecordedAnalysis analysis() {
        Set<Effect> effects = new HashSet<>();
        objects.forEach(use -> effects.add(use.effect()));
        if (effects.isEmpty()) {
            effects.add(Effect.METADATA);
        }
        return new RecordedAnalysis(
                List.of(new StatementAnalysis(
                        kind,
                        effects,
                        objects,
                        List.of(),
                        output,
                        read,
                        predicate,
                        Set.of(),
                        writes,
                        Optional.empty(),
                        List.of(),
                        false,
                        CONTEXT,
                        true,
                        new TextSpan(0, sql.length()),
                        title,
                        flags)),
                Optional.empty());
    }
}
