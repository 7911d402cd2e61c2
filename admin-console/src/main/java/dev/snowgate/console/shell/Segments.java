package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A row of choices of which one is on. */
public final class Segments extends Div {
    private static final long serialVersionUID = 1L;
    private final Map<String, NativeButton> choices = new LinkedHashMap<>();
    private final transient Consumer<String> chosen;
    private String on = "";

    /** {@code chosen} hears the key of what a person chose. */
    public Segments(String label, Consumer<String> chosen) {
        this.chosen = chosen;
        addClassName("sg-pills");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", label);
    }

    /** Adds a choice; the first one is on. */
    public Segments choice(String key, String words, Component... after) {
        NativeButton button = new NativeButton("", click -> {
            show(key);
            chosen.accept(key);
        });
        button.add(new Span(words));
        button.add(after);
        button.addClassName("sg-pill");
        button.setId("sg-pill-" + key.replaceAll("[^A-Za-z0-9_-]", "-"));
        button.getElement().setAttribute("type", "button");
        choices.put(key, button);
        add(button);
        show(on.isEmpty() ? key : on);
        return this;
    }

    /** Turns a choice on without telling anybody. */
    public void show(String key) {
        on = key;
        choices.forEach(
                (name, button) -> button.getElement().setAttribute("aria-pressed", String.valueOf(name.equals(key))));
    }

    public String on() {
        return on;
    }

    /** The button of a choice. */
    public NativeButton button(String key) {
        NativeButton button = choices.get(key);
        if (button == null) {
            throw new IllegalArgumentException("there is no choice " + key);
        }
        return button;
    }
}
