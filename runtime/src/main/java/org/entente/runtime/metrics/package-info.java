/// What a process says about itself: numbers for Prometheus, and whether it is alive and ready.
///
/// Shell. May use: `protocol`, Micrometer. Specified in house-style §10.
@NullMarked
package org.entente.runtime.metrics;

import org.jspecify.annotations.NullMarked;
