package dev.snowgate.sql;

/** A part of the executed text: 0-based, end exclusive, in UTF-16 units. */
public record TextSpan(int start, int end) {}
