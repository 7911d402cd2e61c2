/**
 * The catalog as the console knows it: {@link CatalogService} shows it to people, {@link ProtectionMarking} marks columns by hand,
 * {@link CatalogSync} refreshes it from Snowflake, one database after the other and outside of transactions. Marks of protection are
 * applied on top of what Snowflake says. Must not know pages.
 */
@NullMarked
package dev.snowgate.console.catalog;

import org.jspecify.annotations.NullMarked;
