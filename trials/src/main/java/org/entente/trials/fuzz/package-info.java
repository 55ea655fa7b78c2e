/// Random and mutated inputs for every decoder: a fault or a byte-exact round trip, nothing else.
///
/// May use: every room. Described in `docs/trials.md`.
@NullMarked
package org.entente.trials.fuzz;

import org.jspecify.annotations.NullMarked;
