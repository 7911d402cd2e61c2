/** Translation of SQL text, without any database. */
@NullMarked
package dev.snowgate.emulator.sql;

import org.jspecify.annotations.NullMarked;
