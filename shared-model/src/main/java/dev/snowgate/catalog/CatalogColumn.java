package dev.snowgate.catalog;

import java.util.Optional;

/** One column of an object, in its ordinal place; {@code type} is Snowflake's type name in upper case. */
public record CatalogColumn(String name, String type, boolean nullable, Optional<Protection> protection) {}
