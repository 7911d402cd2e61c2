package dev.snowgate.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.snowgate.console.policy.TryOut.Origin;
import dev.snowgate.console.policy.TryOut.ResultColumn;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Svg;
import dev.snowgate.console.text.VisibleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each result column comes from: sources, ways, results. The same facts are a list for screen readers. */
final class LineageDrawing {
    private static final int ROW = 26;
    private static final int TOP = 22;
    private static final int MOST = 40;
    private static final int WIDTH = 360;

    private LineageDrawing() {}

    static Component of(List<ResultColumn> all) {
        List<ResultColumn> columns = all.subList(0, Math.min(MOST, all.size()));
        Map<Origin, Integer> sources = new LinkedHashMap<>();
        columns.forEach(column ->
                column.origins().forEach(origin -> sources.putIfAbsent(origin, TOP + ROW * sources.size())));
        int height = TOP + ROW * Math.max(columns.size(), sources.size()) + 4;
        Svg svg = new Svg(
                WIDTH,
                height,
                "Where each column comes from: " + columns.size() + " result columns, the list after it says the same");
        svg.text("Source", "x", 0, "y", 12, "class", "sg-mask-head")
                .text("What the agent gets", "x", 216, "y", 12, "class", "sg-mask-head");
        for (int i = 0; i < columns.size(); i++) {
            paths(svg, columns.get(i), sources, TOP + ROW * i);
        }
        sources.forEach((origin, y) -> node(svg, 0, y, 130, origin.column(), origin.guarded(), ""));
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            boolean guarded = column.origins().stream().anyMatch(Origin::guarded);
            node(svg, 216, TOP + ROW * i, 144, column.name(), guarded, column.mask());
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("sg-hidden");
        columns.forEach(column -> list.add(new ListItem(sentence(column))));
        return Parts.div("sg-lineage", svg.component(), list);
    }

    private static void paths(Svg svg, ResultColumn column, Map<Origin, Integer> sources, int y) {
        for (Origin origin : column.origins()) {
            int from = sources.getOrDefault(origin, TOP) + 10;
            int to = y + 10;
            svg.add(
                    "path",
                    "d",
                    "M130 " + from + "C172 " + from + " 174 " + to + " 216 " + to,
                    "class",
                    origin.guarded() ? "sg-path-protected" : "sg-path");
        }
        if (!column.way().isEmpty() && !column.origins().isEmpty()) {
            svg.text(column.way(), "x", 173, "y", y + 5, "text-anchor", "middle", "class", "sg-way");
        }
    }

    private static void node(Svg svg, int x, int y, int width, String name, boolean guarded, String mask) {
        svg.add(
                "rect",
                "x",
                x,
                "y",
                y,
                "width",
                width,
                "height",
                20,
                "rx",
                5,
                "class",
                guarded ? "sg-node-protected" : "sg-node");
        if (guarded) {
            for (int at = x + 10; at < x + width - 12; at += 9) {
                svg.add("path", "d", "M" + at + " " + (y + 18) + "l12 -16", "class", "sg-hatch-line");
            }
        }
        int room = (width - 14 - mask.length() * 6) / 7;
        svg.text(VisibleText.line(name, Math.max(4, room)), "x", x + 7, "y", y + 14);
        if (!mask.isEmpty()) {
            svg.text(mask, "x", x + width - 6, "y", y + 14, "text-anchor", "end", "class", "sg-mask-name");
        }
    }

    private static String sentence(ResultColumn column) {
        String origins = column.origins().isEmpty()
                ? "no column"
                : String.join(
                        ", ",
                        column.origins().stream()
                                .map(o -> o.object() + "." + o.column() + (o.guarded() ? " (protected)" : ""))
                                .toList());
        return column.name() + " comes from " + origins
                + (column.mask().isEmpty() ? ", as it is" : ", masked: " + column.mask());
    }
}
