/// Peers: direct connections between the nodes of one network, over which equals send each other
/// whole messages.
///
/// Shell. May use: `protocol`, `certs.tls`, slf4j. Knows of no consensus: [PeerHandler] decides who
/// is talked to. Specified in `docs/ledger.md` §10.
@NullMarked
package org.entente.chain.transport;

import org.jspecify.annotations.NullMarked;
