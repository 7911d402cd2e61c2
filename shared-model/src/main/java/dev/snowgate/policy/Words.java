package dev.snowgate.policy;

import dev.snowgate.catalog.ObjectName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Constants as policies write them: {@code CREATE_TABLE_AS} is {@code create-table-as}. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> of(c).equals(word))
                .findFirst();
    }

    /** A name for people: without the parts that a database or schema does not have. */
    static String of(ObjectName name) {
        return Stream.of(name.database(), name.schema(), name.name())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }

    static <E extends Enum<E>> List<String> all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }
}
