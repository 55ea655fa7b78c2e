/// The process of a node: its configuration, its key, its start and end; and a network of several
/// on one machine.
///
/// Shell. May use: everything of `chain` and `light`, `runtime`, `certs.pem`, `certs.tls`.
/// Specified in `docs/chains/industrial.md` §9.
@NullMarked
package org.entente.chain.industrial.app;

import org.jspecify.annotations.NullMarked;
