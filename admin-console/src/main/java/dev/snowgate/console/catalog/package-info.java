/**
 * The catalog as the console knows it: {@link ConsoleCatalog} reads the stored snapshot, {@link CatalogSync} refreshes it
 * from Snowflake. Marks of protection are applied on top of what Snowflake says. Must not know pages.
 */
@NullMarked
package dev.snowgate.console.catalog;

import org.jspecify.annotations.NullMarked;
