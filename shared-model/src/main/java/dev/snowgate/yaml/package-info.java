/**
 * YAML texts as nodes that know their place, so that every error names file, line and column. Used by the policy and
 * catalogue readers; knows neither of them. Pure: no I/O, no objects are built from tags.
 */
@NullMarked
package dev.snowgate.yaml;

import org.jspecify.annotations.NullMarked;
