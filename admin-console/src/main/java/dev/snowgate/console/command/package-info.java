/**
 * The console's command mode: the same services as the pages, without a web server. {@link CommandRun} starts it. Must not
 * know the database.
 */
@NullMarked
package dev.snowgate.console.command;

import org.jspecify.annotations.NullMarked;
