package dev.snowgate.console.shell;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** All keys, and the switch that turns single letters off. */
public final class KeysDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final String[][] KEYS = {
        {"J K", "next, previous"},
        {"A ↵", "arm approve, Enter confirms"},
        {"D", "deny, focus the comment"},
        {"C", "copy the statement"},
        {"F", "as run / as sent"},
        {"Space", "play or pause replay"},
        {"← →", "step one statement"},
        {"O", "once: this exact text, one time"},
        {"N", "let new requests in, next refusal in a replay"},
        {"/", "search this page"},
        {"G then A S P C", "go to Approvals, Sessions, Policies, Catalog"},
        {"⌘ Ctrl ↵", "submit"},
        {"Esc", "back"},
        {"?", "all keys"}
    };

    public KeysDialog() {
        setHeaderTitle("Keys");
        Div table = new Div();
        table.getStyle()
                .set("display", "grid")
                .set("grid-template-columns", "auto 1fr")
                .set("gap", "8px 20px");
        for (String[] row : KEYS) {
            Div caps = Parts.div("sg-row");
            for (String cap : row[0].split(" ")) {
                caps.add(cap.equals("then") ? new Span("then") : Parts.key(cap));
            }
            table.add(caps, new Span(row[1]));
        }
        Checkbox on = new Checkbox("Single letters act", true);
        on.getElement().executeJs("return window.snowgate.keys").then(Boolean.class, on::setValue);
        on.addValueChangeListener(
                change -> on.getElement().executeJs("window.snowgate.switchKeys($0)", change.getValue()));
        add(table, on);
        getFooter().add(Parts.pressedBy("Escape", Parts.button("Close", "", this::close)));
    }
}
