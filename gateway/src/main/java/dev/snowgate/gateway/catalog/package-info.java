/**
 * What is known of each account's objects: {@link dev.snowgate.gateway.catalog.CurrentCatalog} keeps one snapshot per account in
 * memory, reloads what is newer in the database, asks for single objects on a miss through
 * {@link dev.snowgate.gateway.catalog.ObjectLookup}, and forgets what a statement changed. Protection comes from marks and from where
 * values were copied from. Must not know policies or dialects.
 */
@NullMarked
package dev.snowgate.gateway.catalog;

import org.jspecify.annotations.NullMarked;
