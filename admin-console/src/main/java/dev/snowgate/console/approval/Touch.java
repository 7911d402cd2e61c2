package dev.snowgate.console.approval;

import dev.snowgate.sql.Effect;
import java.util.List;

/**
 * One object that a statement touches, as the card lists it.
 *
 * @param name fully qualified
 * @param verb what is done to it
 * @param changes whether it is changed
 * @param protectedColumns names of its protected columns that the statement uses
 * @param known whether the catalog knows it
 */
public record Touch(
        String name, Effect effect, String verb, boolean changes, List<String> protectedColumns, boolean known) {}
