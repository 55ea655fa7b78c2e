/// The long trials, run by name and by slices of seeds: `mvn verify -Pnight -Dtrial=NAME
/// -Dseeds=FROM-TO`.
@NullMarked
package org.entente.trials.night;

import org.jspecify.annotations.NullMarked;
