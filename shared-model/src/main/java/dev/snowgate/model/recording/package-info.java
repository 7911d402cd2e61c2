/**
 * The words of the recording: session events in the order in which they happen. Values only.
 */
@NullMarked
package dev.snowgate.model.recording;

import org.jspecify.annotations.NullMarked;
