package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;

/** The shape of each verdict, so that colour is never the only sign; and the two of our own health, in ink. */
public enum Shape {
    ALLOWED(
            "allowed",
            "<circle cx='8' cy='8' r='7.4' fill='var(--sg-allowed)'/><path d='M4.700 8.300l2.300 2.300 4.300-4.700' fill='none' stroke='var(--sg-raised)' stroke-width='1.900' stroke-linecap='round' stroke-linejoin='round'/>"),
    HELD(
            "held",
            "<path d='M8 .2 15.800 8 8 15.800.2 8z' fill='var(--sg-held)'/><path d='M6.300 5.500v5M9.700 5.500v5' stroke='var(--sg-raised)' stroke-width='1.800' stroke-linecap='round'/>"),
    MASKED(
            "masked",
            "<path d='M4.300 1.500h7.400L15.600 8l-3.900 6.500H4.300L.4 8z' fill='var(--sg-masked)'/><path d='M4.300 11.300l6.200-7M7 12.600l5.600-6.300' stroke='var(--sg-raised)' stroke-width='1.500' stroke-linecap='round'/>"),
    DENIED(
            "denied",
            "<rect x='1' y='1' width='14' height='14' rx='2.200' fill='var(--sg-denied)'/><path d='M5.200 5.200l5.600 5.600M10.800 5.200l-5.600 5.600' stroke='var(--sg-raised)' stroke-width='1.900' stroke-linecap='round'/>"),
    ENDED(
            "ended",
            "<circle cx='8' cy='8' r='6.800' fill='none' stroke='var(--sg-ink-3)' stroke-width='1.500' stroke-dasharray='2.600 2'/>"),
    HEALTHY(
            "healthy",
            "<circle cx='8' cy='8' r='6.800' fill='none' stroke='currentColor' stroke-width='1.500'/><path d='M5 8.200l2.100 2.100 3.900-4.200' fill='none' stroke='currentColor' stroke-width='1.500' stroke-linecap='round' stroke-linejoin='round'/>"),
    TROUBLE(
            "trouble",
            "<path d='M8 1.800 15 14.200H1z' fill='none' stroke='currentColor' stroke-width='1.500' stroke-linejoin='round'/><path d='M8 6.200v3.600M8 11.700v.2' stroke='currentColor' stroke-width='1.600' stroke-linecap='round'/>");

    private final String word;
    private final String drawing;

    Shape(String word, String drawing) {
        this.word = word;
        this.drawing = drawing;
    }

    /** The word that stands beside the shape. */
    public String word() {
        return word;
    }

    /** The shape beside its word, silent for screen readers. */
    public Component mark() {
        Span host = new Span(Svg.host("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' aria-hidden='true'>"
                + drawing + "</svg>"));
        host.addClassNames("sg-shape", "sg-shape-" + word);
        return host;
    }

    /** The shape alone, with its word for screen readers. */
    public Component alone() {
        Component mark = mark();
        Span spoken = new Span(word);
        spoken.addClassName("sg-hidden");
        mark.getElement().appendChild(spoken.getElement());
        return mark;
    }
}
