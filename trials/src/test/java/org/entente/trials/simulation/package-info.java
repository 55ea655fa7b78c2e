/// Many processes, one thread, one seed: the production cores of relay, agents and inbox contracts
/// in a world whose time, chance, networks, disks and chains are played.
///
/// Specified in `docs/trials.md` and `docs/invariants.md`.
@NullMarked
package org.entente.trials.simulation;

import org.jspecify.annotations.NullMarked;
