/// What every adapter keeps, of the adapter of our own chains against networks of real nodes.
///
/// Specified in `docs/adapters.md` §3.
@NullMarked
package org.entente.trials.adapter;

import org.jspecify.annotations.NullMarked;
