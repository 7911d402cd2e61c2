package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.treegrid.TreeGrid;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.Protection;
import dev.snowgate.console.catalog.CatalogSearch;
import dev.snowgate.console.catalog.CatalogService;
import dev.snowgate.console.catalog.ColumnEntry;
import dev.snowgate.console.catalog.ObjectEntry;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Objects and their columns, each with what protects it. */
final class CatalogTree extends TreeGrid<TreeRow> {
    private static final long serialVersionUID = 1L;
    private final transient CatalogService catalog;
    private final CatalogRows rows;
    private String account = "";

    CatalogTree(CatalogService catalog, Consumer<ColumnName> chosen) {
        this.catalog = catalog;
        this.rows = new CatalogRows(catalog);
        addClassNames("sg-grid", "sg-catalog-tree");
        getElement().setAttribute("aria-label", "Objects and columns");
        addComponentHierarchyColumn(this::name)
                .setHeader("Object or column")
                .setWidth("230px")
                .setFlexGrow(3);
        addComponentColumn(this::type).setHeader("Type").setFlexGrow(1);
        addComponentColumn(this::protection)
                .setHeader("Protection")
                .setWidth("150px")
                .setFlexGrow(1);
        addComponentColumn(this::source).setHeader("Source").setWidth("180px").setFlexGrow(2);
        setDataProvider(rows);
        addItemClickListener(click -> {
            switch (click.getItem()) {
                case TreeRow.OfColumn column -> chosen.accept(column.name());
                case TreeRow.OfObject object -> {
                    if (isExpanded(object)) {
                        collapse(object);
                    } else {
                        expand(object);
                    }
                }
            }
        });
    }

    /** Shows what fits; gives how many objects do. */
    int find(String inAccount, CatalogSearch search) {
        account = inAccount;
        return rows.find(inAccount, search);
    }

    /** Opens the object of a column and selects the column. */
    void open(ColumnName column) {
        expand(new TreeRow.OfObject(column.object()));
        select(new TreeRow.OfColumn(column));
    }

    private Component name(TreeRow row) {
        return switch (row) {
            case TreeRow.OfObject object -> {
                Span name = Parts.mono(object.name().name());
                name.addClassName("sg-strong");
                yield new Span(
                        Parts.claim(
                                object.name().database() + "." + object.name().schema() + ".", 200),
                        name);
            }
            case TreeRow.OfColumn column -> Parts.mono(column.name().column());
        };
    }

    private Component type(TreeRow row) {
        return switch (row) {
            case TreeRow.OfObject object ->
                new Span(entry(object)
                        .map(entry ->
                                SourceWords.kind(entry.kind()) + (entry.place().isEmpty() ? "" : ", " + entry.place()))
                        .orElse(""));
            case TreeRow.OfColumn column ->
                Parts.span(
                        catalog.column(account, column.name())
                                .map(ColumnEntry::type)
                                .filter(type -> !type.isEmpty())
                                .map(type -> type.toLowerCase(Locale.ROOT))
                                .orElse("not known"),
                        "sg-dim");
        };
    }

    private java.util.Optional<ObjectEntry> entry(TreeRow.OfObject object) {
        return catalog.object(account, object.name());
    }

    private Component protection(TreeRow row) {
        return switch (row) {
            case TreeRow.OfObject object ->
                entry(object).map(CatalogTree::share).orElseGet(Span::new);
            case TreeRow.OfColumn column ->
                catalog.column(account, column.name())
                        .flatMap(ColumnEntry::category)
                        .<Component>map(category -> Parts.badge(Shape.MASKED, category))
                        .orElseGet(() -> Parts.span(unprotected(column), "sg-dim"));
        };
    }

    private static Component share(ObjectEntry entry) {
        if (entry.columns() == 0) {
            return new Span();
        }
        if (entry.protectedColumns() == 0) {
            String words = followsQuery(entry.kind())
                    ? "as its query says"
                    : "none of " + SourceWords.columns(entry.columns());
            return Parts.span(words, "sg-dim");
        }
        return new Span(
                Shape.MASKED.mark(),
                new Span(" " + entry.protectedColumns() + " of " + SourceWords.columns(entry.columns())));
    }

    private String unprotected(TreeRow.OfColumn column) {
        return catalog.object(account, column.name().object())
                .map(entry -> followsQuery(entry.kind()) ? "as its query says" : "not protected")
                .orElse("");
    }

    private static boolean followsQuery(ObjectKind kind) {
        return kind == ObjectKind.VIEW || kind == ObjectKind.MATERIALIZED_VIEW || kind == ObjectKind.DYNAMIC_TABLE;
    }

    private Component source(TreeRow row) {
        if (!(row instanceof TreeRow.OfColumn column)) {
            return new Span();
        }
        List<Protection> sources =
                catalog.column(account, column.name()).map(ColumnEntry::sources).orElse(List.of());
        if (sources.isEmpty()) {
            return new Span();
        }
        Protection first = sources.getFirst();
        Div shown = Parts.div("sg-row", Parts.tag(SourceWords.kind(first)), Parts.claim(SourceWords.detail(first), 60));
        if (sources.size() > 1) {
            shown.add(Parts.span("+ " + (sources.size() - 1), "sg-small"));
        }
        return shown;
    }
}
