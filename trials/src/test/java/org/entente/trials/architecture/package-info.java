/// The shape of the house, tested: arrows between rooms, purity of the cores, signs, names.
@NullMarked
package org.entente.trials.architecture;

import org.jspecify.annotations.NullMarked;
