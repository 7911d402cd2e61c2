/** The page Catalog: objects and columns with what protects them, marks by hand, rules, and the synchronisation. Layout and listeners only. */
@NullMarked
package dev.snowgate.console.catalog.ui;

import org.jspecify.annotations.NullMarked;
