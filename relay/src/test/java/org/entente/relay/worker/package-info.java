/// The one writer and the folds, on real logs.
@NullMarked
package org.entente.relay.worker;

import org.jspecify.annotations.NullMarked;
