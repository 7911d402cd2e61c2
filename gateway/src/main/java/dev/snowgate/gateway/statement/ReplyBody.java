package dev.snowgate.gateway.statement;

/** The rest of a reply in its dialect's own form; only the dialect's and the result's classes look inside. */
public interface ReplyBody {}
