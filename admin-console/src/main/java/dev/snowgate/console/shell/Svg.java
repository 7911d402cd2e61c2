package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** Writes SVG: numbers and constant names from us, every text escaped. Nothing else becomes markup in this console. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    /** Begins a drawing; {@code label} is its one sentence for screen readers, empty text if it only decorates. */
    public Svg(double width, double height, String label) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append('"');
        out.append(label.isEmpty() ? " aria-hidden=\"true\"" : " role=\"img\" aria-label=\"" + escape(label) + "\"");
        out.append('>');
    }

    /** Adds an element; {@code attributes} are pairs of constant names and values. */
    public Svg add(String element, Object... attributes) {
        open(element, attributes);
        out.setLength(out.length() - 1);
        out.append("/>");
        return this;
    }

    /** Begins a group. */
    public Svg open(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(value(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    public Svg close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /** Adds a text. */
    public Svg text(String text, Object... attributes) {
        open("text", attributes);
        out.append(escape(text)).append("</text>");
        return this;
    }

    /** The drawing as a component. */
    public Component component() {
        return host(toString());
    }

    /** Markup of ours as a component: the browser's own parser keeps SVG's names and name space. */
    static Component host(String constantOrEscaped) {
        Span host = new Span();
        host.addClassName("sg-svg");
        host.getElement().setProperty("innerHTML", constantOrEscaped);
        return host;
    }

    @Override
    public String toString() {
        return out + "</svg>";
    }

    private static String value(Object value) {
        return value instanceof Number number ? number(number.doubleValue()) : escape(String.valueOf(value));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
