/// A chain by proof of rest in one thread under virtual time: the production's `Watch`, `Tree`,
/// `Maker`, `StrongContracts` and `Ledger` of every node, their chance from one seed; figures.
///
/// Specified in `docs/trials.md`.
@NullMarked
package org.entente.trials.por;

import org.jspecify.annotations.NullMarked;
