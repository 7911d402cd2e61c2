/**
 * An immutable snapshot of one account: objects, ordered columns, definitions and protection. Pure: no I/O.
 */
@NullMarked
package dev.snowgate.catalog;

import org.jspecify.annotations.NullMarked;
