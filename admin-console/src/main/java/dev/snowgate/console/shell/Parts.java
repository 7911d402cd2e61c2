package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import dev.snowgate.console.text.VisibleText;

/** Small parts that every page uses: badges, tags, keys, buttons, ids. */
public final class Parts {
    private Parts() {}

    /** Shape and word of a verdict, or of an end without one. */
    public static Span badge(Shape shape, String words) {
        Span badge = new Span(shape.mark(), new Span(words));
        String tint = switch (shape) {
            case ALLOWED, HELD, MASKED, DENIED -> shape.word();
            case ENDED, HEALTHY, TROUBLE -> "plain";
        };
        badge.addClassNames("sg-badge", "sg-badge-" + tint);
        return badge;
    }

    /** A fact about a statement, without colour. */
    public static Span tag(String words) {
        return span(words, "sg-tag");
    }

    public static Span key(String key) {
        Span cap = span(key, "sg-kbd");
        cap.getElement().setAttribute("aria-hidden", "true");
        return cap;
    }

    public static Span span(String text, String... classes) {
        Span span = new Span(text);
        span.addClassNames(classes);
        return span;
    }

    /** Text from agents or data: text only, direction-isolated, invisible characters shown. */
    public static Span claim(String text, int longest) {
        Span span = span(VisibleText.line(text, longest), "sg-claim");
        if (text.length() > longest) {
            span.setTitle(VisibleText.line(text, 2_000));
        }
        return span;
    }

    /** An id or name of an agent in the fixed-width face. */
    public static Span mono(String text) {
        return span(VisibleText.line(text, 200), "sg-mono");
    }

    public static Div div(String classes, Component... children) {
        Div div = new Div(children);
        div.addClassNames(classes.split(" "));
        return div;
    }

    /** An ink button; {@code classes} such as {@code sg-primary} or {@code sg-tool}. */
    public static NativeButton button(String words, String classes, Runnable action, Component... after) {
        NativeButton button = new NativeButton("", click -> action.run());
        if (!words.isEmpty()) {
            button.add(new Span(words));
        }
        button.add(after);
        button.addClassName("sg-button");
        if (!classes.isEmpty()) {
            button.addClassNames(classes.split(" "));
        }
        button.getElement().setAttribute("type", "button");
        return button;
    }

    /** Lets a key press this component, outside of fields. */
    public static <C extends Component> C pressedBy(String key, C component) {
        component.getElement().setAttribute("data-key", key);
        component.getElement().setAttribute("aria-keyshortcuts", key.equals(" ") ? "Space" : key);
        return component;
    }

    /** The state of a page without rows: what is good about it, what was last, what to do. */
    public static Div state(Shape shape, String fact, String more, Component... actions) {
        return state(shape, fact, new Span(more), actions);
    }

    /** The same with a text that was made before. */
    public static Div state(Shape shape, String fact, Component more, Component... actions) {
        Div state = div("sg-state", shape.mark(), span(fact, "sg-strong"), more);
        state.add(actions);
        return state;
    }

    /** Something of ours is wrong: what, since when, what is still safe. */
    public static Div wrong(String fact, String safe, Component... actions) {
        Div words = new Div(span(fact, "sg-strong"), new Div(safe));
        words.add(actions);
        Div wrong = div("sg-wrong", Shape.TROUBLE.mark(), words);
        wrong.getElement().setAttribute("role", "alert");
        return wrong;
    }

    /** Says in passing what happened; the words of the button that was pressed. */
    public static void say(String words) {
        Notification.show(VisibleText.line(words, 300), 4_000, Notification.Position.BOTTOM_END);
    }

    /** Rows in place of what is not there yet. */
    public static Div placeholder(int rows) {
        Div bars = div("sg-loading");
        bars.getElement().setAttribute("aria-busy", "true");
        for (int i = 0; i < rows; i++) {
            Div bar = div("sg-bar");
            bar.getStyle().set("width", (55 + (i * 37) % 40) + "%");
            bars.add(bar);
        }
        return bars;
    }
}
