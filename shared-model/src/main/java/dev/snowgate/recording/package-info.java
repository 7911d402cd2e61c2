/**
 * What the recording keeps and how its chain is proved. Main types: {@link dev.snowgate.recording.EncodedEvent} (an event
 * ready to be appended), {@link dev.snowgate.recording.ChainVerifier} and {@link dev.snowgate.recording.PageChain} (pure
 * proofs over rows read by somebody else), and the records of decisions, analyses and texts. Must not know the database.
 */
@NullMarked
package dev.snowgate.recording;

import org.jspecify.annotations.NullMarked;
