package dev.snowgate.catalog;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A named stage as an entry of the catalog. A stage may have the name of a table beside it, so the last part of an entry's name begins
 * with {@code @}. Where it leads to is kept in tags: {@code STAGE=INTERNAL} or {@code STAGE=EXTERNAL}, {@code URL=s3://bucket} without
 * its path, {@code INTEGRATION=NAME}.
 */
public final class StageEntry {
    private static final String LOCATION = "STAGE";
    private static final Pattern PLACE = Pattern.compile("^[A-Za-z0-9+.-]{1,30}://[^/?#@]{0,255}");

    private StageEntry() {}

    /** Where the files of a stage lie. */
    public enum Location {
        /** In Snowflake. */
        INTERNAL,
        /** In a storage of somebody else. */
        EXTERNAL
    }

    /** The name under which the catalog keeps a stage. */
    public static ObjectName nameOf(ObjectName stage) {
        return new ObjectName(stage.database(), stage.schema(), "@" + stage.name());
    }

    /** The stage's own name, empty if the entry is none of a stage. */
    public static Optional<ObjectName> stage(ObjectName entry) {
        return entry.name().startsWith("@")
                ? Optional.of(new ObjectName(
                        entry.database(), entry.schema(), entry.name().substring(1)))
                : Optional.empty();
    }

    /**
     * An entry.
     *
     * @param location empty if nobody knows it
     * @param url address of an external stage; only scheme and host are kept
     */
    public static CatalogObject of(
            ObjectName stage,
            Optional<Location> location,
            Optional<String> url,
            Optional<String> integration,
            Optional<Instant> changedAt,
            Instant seenAt) {
        Set<String> tags = new LinkedHashSet<>();
        location.ifPresent(where -> tags.addAll(Tags.of(LOCATION, where.name())));
        url.map(PLACE::matcher)
                .filter(Matcher::find)
                .ifPresent(place -> tags.addAll(Tags.of("URL", place.group().toLowerCase(Locale.ROOT))));
        integration.ifPresent(name -> tags.addAll(Tags.of("INTEGRATION", name)));
        return new CatalogObject(
                nameOf(stage),
                ObjectKind.STAGE,
                List.of(),
                Optional.empty(),
                tags,
                Optional.empty(),
                Optional.empty(),
                changedAt,
                seenAt);
    }

    /** What Snowflake's STAGE_TYPE means; a type that is not known says nothing. */
    public static Optional<Location> location(String stageType) {
        String type = stageType.toUpperCase(Locale.ROOT);
        return type.startsWith("EXTERNAL")
                ? Optional.of(Location.EXTERNAL)
                : type.startsWith("INTERNAL") ? Optional.of(Location.INTERNAL) : Optional.empty();
    }

    /** Where the stage's files lie, if it is known; in doubt outside. */
    public static Optional<Location> location(CatalogObject entry) {
        if (entry.kind() != ObjectKind.STAGE) {
            return Optional.empty();
        }
        Set<String> tags = entry.tags();
        if (tags.contains(LOCATION + "=" + Location.EXTERNAL) || tags.contains("URL")) {
            return Optional.of(Location.EXTERNAL);
        }
        return tags.contains(LOCATION + "=" + Location.INTERNAL) ? Optional.of(Location.INTERNAL) : Optional.empty();
    }
}
