/// The build itself: its compiler, asked as Maven asks it.
@NullMarked
package org.entente.trials.build;

import org.jspecify.annotations.NullMarked;
