package dev.snowgate.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;

/** Line drawings in ink; they decorate words and never stand alone. */
public enum Icon {
    BRAND(
            "<path d='M5.400 2H2.200v12h3.200M10.600 2h3.200v12h-3.200' stroke-width='1.600'/><path d='M8 4.800v6.400M5.300 6.400l5.400 3.200M10.700 6.400 5.300 9.600' stroke-width='1.500'/>"),
    APPROVALS("<path d='M2 3v10M14 3v10M5 8h6M5 5.500v5l3-2.500zM11 5.500v5L8 8z'/>"),
    SESSIONS("<circle cx='8' cy='8' r='6.200'/><path d='M6.700 5.600v4.800L10.500 8z' fill='currentColor'/>"),
    POLICIES("<path d='M3.500 1.800h6l3 3v9.400h-9zM5.800 7.500h4.400M5.800 10.500h4.400'/>"),
    CATALOG("<path d='M2.500 2.500h4v4h-4zM6.500 4.500h3M9.500 3h4v3h-4zM8 4.500v7h1.500M9.500 10h4v3h-4z'/>"),
    LINK(
            "<path d='M6.500 9.500l3-3M7 4.500l1.300-1.300a3 3 0 0 1 4.300 4.300L11.300 8.800M9 11.500l-1.300 1.300a3 3 0 0 1-4.300-4.300L4.700 7.200'/>"),
    CHAIN(
            "<rect x='1.200' y='5.200' width='7' height='5.600' rx='2.800'/><rect x='7.800' y='5.200' width='7' height='5.600' rx='2.800'/>"),
    EYE(
            "<path d='M1.500 8S4 3.800 8 3.800 14.500 8 14.500 8 12 12.200 8 12.200 1.500 8 1.500 8z'/><circle cx='8' cy='8' r='1.900'/>"),
    PEN("<path d='M2.500 13.500l.7-3L10.700 3l2.300 2.300-7.500 7.500z'/>"),
    UNDO("<path d='M6 3.500 3 6.500l3 3M3.200 6.500h6.300a3.500 3.500 0 0 1 0 7H6.500'/>"),
    BACK("<path d='M4 3v10M13 3.500v9L6.500 8z' fill='currentColor'/>"),
    NEXT("<path d='M12 3v10M3 3.500v9L9.500 8z' fill='currentColor'/>"),
    PLAY("<path d='M4.500 3v10L12.500 8z' fill='currentColor'/>"),
    PAUSE("<path d='M5.500 3.500v9M10.500 3.500v9' stroke-width='2.400'/>"),
    SEARCH("<circle cx='7' cy='7' r='4.500'/><path d='M10.500 10.500 14 14'/>"),
    OUT("<path d='M9.500 2.500h-6v11h6M7 8h7M11.500 5.500 14 8l-2.500 2.500'/>");

    private final String drawing;

    Icon(String drawing) {
        this.drawing = drawing;
    }

    /** The icon, silent for screen readers. */
    public Component mark() {
        Span host = new Span(Svg.host(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='currentColor' stroke-width='1.400' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>"
                        + drawing + "</svg>"));
        host.addClassName("sg-icon");
        return host;
    }
}
