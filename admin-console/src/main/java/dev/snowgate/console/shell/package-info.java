/**
 * What all pages share: the frame ({@code MainLayout}), shapes of verdicts, badges, keys, marked SQL, times in the
 * viewer's zone. Knows no feature but their navigation.
 */
@NullMarked
package dev.snowgate.console.shell;

import org.jspecify.annotations.NullMarked;
