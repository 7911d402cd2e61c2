/** Tests of the reading of SQL. */
@NullMarked
package dev.snowgate.sql;

import org.jspecify.annotations.NullMarked;
