/** The gateway program: {@link dev.snowgate.gateway.GatewayApplication} starts it; each package is one thing of the data path. */
@NullMarked
package dev.snowgate.gateway;

import org.jspecify.annotations.NullMarked;
