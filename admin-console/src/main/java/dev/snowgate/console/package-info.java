/**
 * The console: where people read what agents did, approve what waits and look at the policy in force. It shares only the
 * database with the gateway. {@link dev.snowgate.console.ConsoleApplication} starts it, with or without a web server;
 * features live in packages of their own. Must not know the gateway's classes.
 */
@NullMarked
package dev.snowgate.console;

import org.jspecify.annotations.NullMarked;
