/// The process of a node: its configuration, its keys, its start and end; and a network of several
/// on one machine.
///
/// Shell. May use: everything of `chain` and `light`, `runtime`, `certs.pem`, `certs.tls`.
/// Specified in `docs/chains/por.md` §8.
@NullMarked
package org.entente.chain.por.app;

import org.jspecify.annotations.NullMarked;
