/**
 * SQL and other text of agents, made safe and readable: {@link SqlMarkup} cuts a statement into marked pieces,
 * {@link VisibleText} shows what would be invisible, {@link Titles} shortens what a statement does. Pure; knows no page.
 */
@NullMarked
package dev.snowgate.console.text;

import org.jspecify.annotations.NullMarked;
