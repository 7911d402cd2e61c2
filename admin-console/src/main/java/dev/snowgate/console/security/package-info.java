/**
 * Who looks: people from the identity provider, their groups and the roles that these give. {@link Person} is the answer,
 * {@link CurrentPerson} the way to it; {@code ConsoleSecurity} guards the web. Knows no feature.
 */
@NullMarked
package dev.snowgate.console.security;

import org.jspecify.annotations.NullMarked;
