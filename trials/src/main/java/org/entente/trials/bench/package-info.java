/// What it costs: JMH measurements, each beside a bound measured in the same run.
///
/// May use: everything. Results and the sketches beside them stand in `docs/performance.md`.
@NullMarked
package org.entente.trials.bench;

import org.jspecify.annotations.NullMarked;
