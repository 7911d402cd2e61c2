package dev.snowgate.console.catalog;

import java.time.Instant;

/** When all objects of a database were seen last. */
public record DatabaseSeen(String database, Instant at, int objects) {}
