/**
 * Test support that other modules take from this module's test jar: a real PostgreSQL with our schema.
 */
@NullMarked
package dev.snowgate.testing;

import org.jspecify.annotations.NullMarked;
