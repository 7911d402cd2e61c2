package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.data.provider.hierarchy.AbstractBackEndHierarchicalDataProvider;
import com.vaadin.flow.data.provider.hierarchy.HierarchicalQuery;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.console.catalog.CatalogSearch;
import dev.snowgate.console.catalog.CatalogService;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects that fit a search, and the columns below each; only names are kept here. */
final class CatalogRows extends AbstractBackEndHierarchicalDataProvider<TreeRow, Void> {
    private static final long serialVersionUID = 1L;
    private final transient CatalogService catalog;
    private String account = "";
    private transient List<ObjectName> objects = List.of();

    CatalogRows(CatalogService catalog) {
        this.catalog = catalog;
    }

    /** Looks again; gives how many objects fit. */
    int find(String inAccount, CatalogSearch search) {
        account = inAccount;
        objects = inAccount.isEmpty() ? List.of() : catalog.find(inAccount, search);
        refreshAll();
        return objects.size();
    }

    @Override
    public int getChildCount(HierarchicalQuery<TreeRow, Void> query) {
        return switch (query.getParent()) {
            case null -> objects.size();
            case TreeRow.OfObject object ->
                catalog.columns(account, object.name()).size();
            case TreeRow.OfColumn column -> 0;
        };
    }

    @Override
    public boolean hasChildren(TreeRow row) {
        return row instanceof TreeRow.OfObject object
                && catalog.object(account, object.name())
                        .filter(entry -> entry.columns() > 0)
                        .isPresent();
    }

    @Override
    protected Stream<TreeRow> fetchChildrenFromBackEnd(HierarchicalQuery<TreeRow, Void> query) {
        @Nullable TreeRow parent = query.getParent();
        Stream<TreeRow> rows = parent instanceof TreeRow.OfObject object
                ? catalog.columns(account, object.name()).stream().map(column -> new TreeRow.OfColumn(column.name()))
                : objects.stream().map(TreeRow.OfObject::new);
        return rows.skip(query.getOffset()).limit(query.getLimit());
    }
}
