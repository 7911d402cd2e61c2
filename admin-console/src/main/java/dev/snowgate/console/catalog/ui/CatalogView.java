package dev.snowgate.console.catalog.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.console.catalog.CatalogSearch;
import dev.snowgate.console.catalog.CatalogService;
import dev.snowgate.console.catalog.ProtectionMarking;
import dev.snowgate.console.catalog.SyncStatus;
import dev.snowgate.console.security.CurrentPerson;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.shell.PageHead;
import dev.snowgate.console.shell.Parts;
import dev.snowgate.console.shell.Segments;
import dev.snowgate.console.shell.Shape;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page Catalog: which objects and columns an account has, and what protects each of them. */
@Route("catalog")
@PageTitle("Catalog – Snowgate")
@RolesAllowed({Roles.ADMIN, Roles.APPROVER, Roles.AUDITOR})
class CatalogView extends Main implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int MILLIS_WHILE_READING = 1_000;
    private final transient CatalogService catalog;
    private final CatalogTree tree;
    private final RulesList rules;
    private final ColumnPanel panel;
    private final SyncBar sync;
    private final Select<String> accounts = new Select<>();
    private final TextField find = PageHead.search("Table, column, category", this::search);
    private final Segments tabs = new Segments("Show", this::tab);
    private final Div list = Parts.div("sg-list-page");
    private String account = "";
    private boolean reading;
    private transient @Nullable ColumnName open;
    private transient @Nullable Registration polling;

    CatalogView(CatalogService catalog, ProtectionMarking marking, CurrentPerson current, Clock clock) {
        this.catalog = catalog;
        boolean admin = current.require().has(Roles.ADMIN);
        this.tree = new CatalogTree(catalog, this::choose);
        this.rules = new RulesList(this::choose);
        this.panel = new ColumnPanel(catalog, marking, clock, admin, this::refresh);
        this.sync = new SyncBar(clock, admin, this::startSync);
        addClassName("sg-page");
        tabs.choice("ALL", "All")
                .choice("PROTECTED", "Protected")
                .choice("BY_HAND", "By hand")
                .choice("RULES", "Rules");
        List<String> known = catalog.accounts();
        account = known.isEmpty() ? "" : known.getFirst();
        accounts.setAriaLabel("Account");
        accounts.setItems(known);
        accounts.setVisible(known.size() > 1);
        accounts.setValue(account.isEmpty() ? null : account);
        accounts.addValueChangeListener(change -> account(change.getValue()));
        Div left = Parts.div("sg-catalog-left", sync, Parts.div("sg-row sg-catalog-tabs", tabs), list);
        add(new PageHead("Catalog").with(accounts, find), Parts.div("sg-catalog", left, panel));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters asked = event.getLocation().getQueryParameters();
        asked.getSingleParameter("account")
                .filter(wanted -> catalog.accounts().contains(wanted))
                .ifPresent(wanted -> {
                    account = wanted;
                    accounts.setValue(wanted);
                });
        asked.getSingleParameter("show")
                .filter(List.of("ALL", "PROTECTED", "BY_HAND", "RULES")::contains)
                .ifPresent(tabs::show);
        find.setValue(asked.getSingleParameter("find").orElse(""));
        open = asked.getSingleParameter("column").flatMap(ColumnAddress::read).orElse(null);
        refresh();
        showSync();
        if (open != null) {
            tree.open(open);
            panel.show(account, open);
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        polling = ui.addPollListener(poll -> showSync());
        ui.setPollInterval(reading ? MILLIS_WHILE_READING : -1);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        Registration listening = polling;
        if (listening != null) {
            listening.remove();
        }
        event.getUI().setPollInterval(-1);
    }

    private void account(@Nullable String chosen) {
        if (chosen != null && !chosen.equals(account)) {
            account = chosen;
            open = null;
            panel.nothing();
            refresh();
            showSync();
            remember();
        }
    }

    private void search(String words) {
        refresh();
        remember();
    }

    private void tab(String key) {
        refresh();
        remember();
    }

    private void choose(ColumnName column) {
        open = column;
        panel.show(account, column);
        remember();
    }

    /** What can be shared stands in the address. */
    private void remember() {
        Map<String, String> asked = new LinkedHashMap<>();
        if (accounts.isVisible()) {
            asked.put("account", account);
        }
        if (!tabs.on().equals("ALL")) {
            asked.put("show", tabs.on());
        }
        if (!find.getValue().isBlank()) {
            asked.put("find", find.getValue());
        }
        ColumnName column = open;
        if (column != null) {
            asked.put("column", ColumnAddress.write(column));
        }
        Location address =
                new Location("catalog", asked.isEmpty() ? QueryParameters.empty() : QueryParameters.simple(asked));
        getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address));
    }

    private void refresh() {
        String words = find.getValue();
        boolean showsRules = tabs.on().equals("RULES");
        int shown = account.isEmpty()
                ? 0
                : showsRules
                        ? rules.show(catalog.rules(account), words)
                        : tree.find(account, new CatalogSearch(words, CatalogSearch.Show.valueOf(tabs.on())));
        list.removeAll();
        if (shown > 0) {
            list.add(showsRules ? rules : tree);
        } else if (account.isEmpty()) {
            list.add(Parts.state(
                    Shape.TROUBLE,
                    "Nothing is catalogued",
                    "Until the account is read, statements are judged on what the gateway looks up."));
        } else {
            list.add(Parts.state(
                    Shape.HEALTHY,
                    words.isBlank() ? "There is nothing of this kind" : "Nothing matches",
                    words.isBlank()
                            ? "Choose All to see every object."
                            : "Neither an object nor a column nor a category has “" + words + "” in it."));
        }
    }

    private void startSync() {
        catalog.startSync();
        reading = true;
        Parts.say("Reading from Snowflake");
        getUI().ifPresent(ui -> ui.setPollInterval(MILLIS_WHILE_READING));
    }

    /** Asked again each second while somebody reads; once it ended the list shows what is new. */
    private void showSync() {
        if (account.isEmpty()) {
            return;
        }
        SyncStatus status = catalog.status(account);
        sync.show(status);
        boolean before = reading;
        reading = status.running();
        if (before && !reading) {
            refresh();
        }
        getUI().ifPresent(ui -> ui.setPollInterval(reading ? MILLIS_WHILE_READING : -1));
    }
}
