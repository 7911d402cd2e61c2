/** Addresses and blocks of addresses, as text writes them. Nothing here asks a name server. */
@NullMarked
package dev.snowgate.model.network;

import org.jspecify.annotations.NullMarked;
