/**
 * The one canonical encoding of events, analyses, decisions, plans and catalog objects for the database, used by both
 * programs; the only home of JSON types beside the wire. Main type: {@link dev.snowgate.codec.Encoding}. Canonical means:
 * one value, one sequence of bytes (sorted keys, sorted sets, no white space, every field present, UTF-8). Must not know
 * Spring, HTTP or the database.
 */
@NullMarked
package dev.snowgate.codec;

import org.jspecify.annotations.NullMarked;
