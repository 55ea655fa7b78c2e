/// Networks of real nodes, each a process, under the faults of a bad world: cut and slow wires,
/// full and damaged disks, wrong clocks, two machines with one key.
///
/// Specified in `docs/chains/por.md` §12.
@NullMarked
package org.entente.trials.faults;

import org.jspecify.annotations.NullMarked;
