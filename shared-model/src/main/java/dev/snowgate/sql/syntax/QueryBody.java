package dev.snowgate.sql.syntax;

/** What a branch of a query can be. */
public sealed interface QueryBody permits Query, Query.Select, Query.Values {}
