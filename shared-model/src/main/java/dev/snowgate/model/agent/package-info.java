/**
 * Who is on the line: agents, the people behind them, their sessions. Values only; knows no framework.
 */
@NullMarked
package dev.snowgate.model.agent;

import org.jspecify.annotations.NullMarked;
