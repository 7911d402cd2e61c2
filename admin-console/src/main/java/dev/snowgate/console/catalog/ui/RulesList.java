package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ProtectionRule;
import dev.snowgate.console.catalog.RuleEntry;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Marks and rules, each with what it matches now. */
final class RulesList extends Grid<RuleEntry> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_MATCHES = 200;
    private final transient Consumer<ColumnName> chosen;

    RulesList(Consumer<ColumnName> chosen) {
        this.chosen = chosen;
        addClassName("sg-grid");
        getElement().setAttribute("aria-label", "Rules of protection");
        addComponentColumn(entry -> Parts.tag(
                        entry.mark().byHand()
                                ? "By hand"
                                : SourceWords.kind(entry.mark().rule().kind())))
                .setHeader("Kind")
                .setAutoWidth(true)
                .setFlexGrow(0);
        addComponentColumn(RulesList::looksFor).setHeader("Looks for").setFlexGrow(3);
        addComponentColumn(
                        entry -> Parts.badge(Shape.MASKED, entry.mark().rule().category()))
                .setHeader("Category")
                .setAutoWidth(true)
                .setFlexGrow(0);
        addComponentColumn(RulesList::count)
                .setHeader("Matches")
                .setAutoWidth(true)
                .setFlexGrow(0);
        addComponentColumn(entry -> Parts.claim(origin(entry), 80))
                .setHeader("Written in")
                .setFlexGrow(2);
        setItemDetailsRenderer(new ComponentRenderer<>(this::matches));
        setDetailsVisibleOnClick(true);
    }

    /** Shows the rules in which these words are. */
    int show(List<RuleEntry> entries, String words) {
        String wanted = words.strip().toUpperCase(Locale.ROOT);
        List<RuleEntry> shown = entries.stream()
                .filter(entry -> wanted.isEmpty()
                        || (SourceWords.pattern(entry.mark().rule()) + " "
                                        + entry.mark().rule().category() + " " + origin(entry))
                                .toUpperCase(Locale.ROOT)
                                .contains(wanted))
                .toList();
        setItems(shown);
        return shown.size();
    }

    private static Component looksFor(RuleEntry entry) {
        ProtectionRule rule = entry.mark().rule();
        Span pattern = Parts.mono(SourceWords.pattern(rule));
        return rule.objects().isEmpty()
                ? pattern
                : new Div(pattern, new Div(Parts.claim("within " + String.join(", ", rule.objects()), 120)));
    }

    private static Component count(RuleEntry entry) {
        int matches = entry.matches().size();
        return matches == 0
                ? new Span(Shape.TROUBLE.mark(), Parts.span(" no column", "sg-strong"))
                : Parts.span(SourceWords.columns(matches), "sg-num");
    }

    private static String origin(RuleEntry entry) {
        String source = entry.mark().rule().source();
        return entry.mark().byHand()
                ? entry.mark().createdBy()
                : source.startsWith("yaml:") ? source.substring("yaml:".length()) : source;
    }

    private Component matches(RuleEntry entry) {
        Div list = Parts.div("sg-matches");
        if (entry.matches().isEmpty()) {
            list.add(Parts.span(
                    "It matches no column of the catalog: it may be misspelt, or speak of what is not catalogued yet.",
                    "sg-second"));
        }
        entry.matches().stream().limit(MOST_MATCHES).forEach(column -> {
            Component open =
                    Parts.button("", "sg-plain sg-tool", () -> chosen.accept(column), Parts.mono(column.toString()));
            list.add(open);
        });
        if (entry.matches().size() > MOST_MATCHES) {
            list.add(Parts.span("and " + (entry.matches().size() - MOST_MATCHES) + " more", "sg-small"));
        }
        return list;
    }
}
