package dev.snowgate.model.agent;

/** The client software as it names itself, such as {@code JDBC 4.4.1}: a claim, not a fact. */
public record ClientApplication(String name, String version) {}
