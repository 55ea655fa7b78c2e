/// The industrial chain from a seed: nodes, what lies between them, liars, and what must always
/// hold.
@NullMarked
package org.entente.trials.industrial;

import org.jspecify.annotations.NullMarked;
