/**
 * Result formats as streams of rows that can be masked: the inline rows of a reply ({@link
 * dev.snowgate.gateway.snowflake.result.ReplyMasker}), and chunks ({@link dev.snowgate.gateway.snowflake.result.ChunkService}) and
 * partitions ({@link dev.snowgate.gateway.snowflake.result.PartitionService}) that follow it, both through {@link
 * dev.snowgate.gateway.snowflake.result.ChunkStream}. A chunk body is rows joined by commas without outer brackets; a partition is
 * {@code {"data":[rows]}}, of other members nothing leaves; every cell is a JSON string or null. Arrow streams are read message by message
 * ({@link dev.snowgate.gateway.snowflake.result.ArrowRowMasker}), each logical type by its {@link
 * dev.snowgate.gateway.snowflake.result.ArrowForm}. What must be whole before it leaves is held within {@link
 * dev.snowgate.gateway.snowflake.result.HeldMemory}. Knows no policy: it is given a plan by position.
 */
@NullMarked
package dev.snowgate.gateway.snowflake.result;

import org.jspecify.annotations.NullMarked;
