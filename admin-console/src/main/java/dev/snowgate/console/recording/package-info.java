/**
 * What agents did, read from the recording: {@link RecordingService} lists sessions and gives one for replay, {@link Vault}
 * opens sealed values for it, {@link ConsoleEventStore} appends the console's own events. Never changes a recording.
 */
@NullMarked
package dev.snowgate.console.recording;

import org.jspecify.annotations.NullMarked;
