package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/** The line above every page: its name, where one is in it, and what belongs to the whole page. */
public final class PageHead extends Header {
    private static final long serialVersionUID = 1L;
    private final NativeButton crumb = new NativeButton();
    private final Div end = Parts.div("sg-row");

    public PageHead(String name) {
        addClassName("sg-page-head");
        crumb.addClassNames("sg-crumb", "sg-id");
        crumb.getElement().setAttribute("type", "button");
        crumb.setVisible(false);
        Div space = Parts.div("sg-grow");
        add(new H1(name), crumb, space, end);
    }

    /** Says where in the page one is; pressing it copies that. */
    public void crumb(String words) {
        crumb(words, words);
    }

    /** The same for an id that is shown short and copied whole. */
    public void crumb(String shown, String copied) {
        crumb.setText("/ " + shown);
        crumb.setVisible(!shown.isEmpty());
        crumb.getElement().setAttribute("data-copy", "").setAttribute("data-copy-text", copied);
        crumb.getElement().setAttribute("title", "Copy " + copied);
    }

    public PageHead with(Component... components) {
        end.add(components);
        return this;
    }

    /** The page's search; {@code /} moves the focus there. */
    public static TextField search(String placeholder, Consumer<String> searched) {
        TextField field = new TextField();
        field.setPlaceholder(placeholder);
        field.setAriaLabel("Search: " + placeholder);
        field.addClassName("sg-search");
        field.setClearButtonVisible(false);
        field.setSuffixComponent(Parts.key("/"));
        field.setPrefixComponent(Icon.SEARCH.mark());
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(change -> searched.accept(change.getValue()));
        return field;
    }
}
