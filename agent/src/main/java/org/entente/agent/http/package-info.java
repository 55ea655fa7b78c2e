/// The agent's addresses: EST (RFC 7030), transaction certificates, CRLs.
///
/// Shell. May use: `agent`, `certs`, `runtime`. Specified in `docs/agent.md` §2.
@NullMarked
package org.entente.agent.http;

import org.jspecify.annotations.NullMarked;
