/// The registers of a node: its contracts, who listens to blocks, routes, commands.
///
/// Shell. May use: everything of `chain` but `chain.industrial.app`, `light`, `runtime`, `certs`.
/// Specified in `docs/chains/industrial-registers.md`.
@NullMarked
package org.entente.chain.industrial.app.register;

import org.jspecify.annotations.NullMarked;
