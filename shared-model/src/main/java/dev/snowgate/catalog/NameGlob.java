package dev.snowgate.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A glob on each part of a name. Parts that are missing at the end match everything, so {@code PROD} means all of that
 * database. As in SQL, unquoted parts are upper case and quoted parts are exact.
 */
public record NameGlob(List<Glob> parts) {
    public NameGlob {
        parts = List.copyOf(parts);
    }

    /** The pattern, empty if it has no or too many parts, an empty part or an open quote. */
    public static Optional<NameGlob> parse(String text, int mostParts) {
        List<Glob> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '"' && i < text.length()) {
                quoted = !quoted;
            } else if (c == '.' && (!quoted || i == text.length())) {
                if (part.isEmpty() || quoted) {
                    return Optional.empty();
                }
                parts.add(new Glob(part.toString()));
                part.setLength(0);
            } else {
                part.append(quoted ? String.valueOf(c) : String.valueOf(c).toUpperCase(Locale.ROOT));
            }
        }
        return parts.size() > mostParts ? Optional.empty() : Optional.of(new NameGlob(parts));
    }

    public boolean matches(ObjectName name) {
        return part(0).matches(name.database()) && part(1).matches(name.schema()) && part(2).matches(name.name());
    }

    public boolean matches(ColumnName name) {
        return matches(name.object()) && part(3).matches(name.column());
    }

    /** The one database that it speaks of, if it is a single one. */
    public Optional<String> database() {
        return part(0).isExact() ? Optional.of(part(0).pattern()) : Optional.empty();
    }

    private Glob part(int index) {
        return index < parts.size() ? parts.get(index) : Glob.ANY;
    }
}
