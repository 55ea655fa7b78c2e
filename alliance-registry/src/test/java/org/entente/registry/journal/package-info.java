/// The view against folds, deletions, damage and crashes.
@NullMarked
package org.entente.registry.journal;

import org.jspecify.annotations.NullMarked;
