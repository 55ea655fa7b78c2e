/// How a log line looks, and where it goes.
///
/// Shell. May use: slf4j, Logback. Specified in house-style §10.
@NullMarked
package org.entente.runtime.logging;

import org.jspecify.annotations.NullMarked;
