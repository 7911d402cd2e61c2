package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;

/**
 * One object that a statement touches.
 *
 * @param name fully qualified by the session context
 * @param kind what it is, by the statement or the catalog
 * @param effect what is done to it
 * @param known whether the catalog knows it; reads of unknown objects are never released
 */
public record ObjectUse(ObjectName name, ObjectKind kind, Effect effect, boolean known) {}
