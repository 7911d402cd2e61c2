package dev.snowgate.policy;

/** One policy file: its path as people know it and its YAML text. */
public record PolicySource(String path, String text) {}
