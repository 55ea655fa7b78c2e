/// Tests of the folds, their checks and their formats.
@NullMarked
package org.entente.registry;

import org.jspecify.annotations.NullMarked;
