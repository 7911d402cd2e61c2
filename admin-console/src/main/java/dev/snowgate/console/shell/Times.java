package dev.snowgate.console.shell;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in the viewer's zone; the exact instant is in the title. */
public final class Times {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TENTH = DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private Times() {}

    /** The zone of the page's viewer, the program's own until the browser said it. */
    public static ZoneId zone() {
        UI ui = UI.getCurrent();
        ExtendedClientDetails details = ui == null ? null : ui.getPage().getExtendedClientDetails();
        String id = details == null ? null : details.getTimeZoneId();
        if (id == null || id.isBlank()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            return ZoneId.systemDefault();
        }
    }

    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(zone()));
    }

    public static String tenth(Instant at) {
        return TENTH.format(at.atZone(zone()));
    }

    public static String minute(Instant at) {
        return MINUTE.format(at.atZone(zone()));
    }

    public static String day(Instant at) {
        return DAY.format(at.atZone(zone()));
    }

    public static String shortDay(Instant at) {
        return SHORT_DAY.format(at.atZone(zone()));
    }

    /** The time alone if it was within the last day, else the day before it. */
    public static String recent(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(Duration.ofHours(18)) < 0
                ? clock(at)
                : shortDay(at) + " " + minute(at);
    }

    /** A length of time as minutes and seconds. */
    public static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }

    /** A time element with the exact instant in its title. */
    public static Moment of(String shown, Instant at) {
        return new Moment(shown, at);
    }

    /** A {@code time} element. */
    @Tag("time")
    public static final class Moment extends Span {
        private static final long serialVersionUID = 1L;

        Moment(String shown, Instant at) {
            super(shown);
            getElement().setAttribute("datetime", at.toString());
            setTitle(at.atZone(zone()).toOffsetDateTime().toString());
        }
    }
}
