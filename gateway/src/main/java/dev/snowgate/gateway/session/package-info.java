/**
 * Who is on the line: OpenID Connect tokens become an {@link dev.snowgate.gateway.session.AgentSession}, gateway tokens are
 * issued, renewed and looked up. {@link dev.snowgate.gateway.session.Authenticator} answers who sends an exchange,
 * {@link dev.snowgate.gateway.session.Sessions} opens and ends sessions, {@link dev.snowgate.gateway.session.UpstreamSessions}
 * is the port to the upstream's side of them and {@link dev.snowgate.gateway.session.UpstreamTokenVault} keeps its tokens sealed.
 *
 * <p>Must not know: SQL text, the dialects, HTTP exchanges, policies.
 */
@NullMarked
package dev.snowgate.gateway.session;

import org.jspecify.annotations.NullMarked;
