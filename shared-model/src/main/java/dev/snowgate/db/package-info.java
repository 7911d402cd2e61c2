/**
 * Brings a database to the schema of this version and says which version that is. Main types: {@link
 * dev.snowgate.db.Migrate} (run under the owner's role, before the programs start), {@link dev.snowgate.db.SchemaVersion}
 * (what the programs compare at start) and {@link dev.snowgate.db.SqlStates} (the refusals of our constraints). The
 * programs never migrate. Must not know HTTP, Spring or Reactor.
 */
@NullMarked
package dev.snowgate.db;

import org.jspecify.annotations.NullMarked;
