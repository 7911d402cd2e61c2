/**
 * A real OpenID Connect provider for development and the demo: people with groups, agents as clients. Its users and secrets come
 * from the launcher, which makes them anew for each state folder; it is not for production. Knows nothing of the gateway.
 */
@NullMarked
package dev.snowgate.demo.identity;

import org.jspecify.annotations.NullMarked;
