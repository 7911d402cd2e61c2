/**
 * The words for one statement: its id, dialect, state and the session context that it is judged in. Values only.
 */
@NullMarked
package dev.snowgate.model.statement;

import org.jspecify.annotations.NullMarked;
