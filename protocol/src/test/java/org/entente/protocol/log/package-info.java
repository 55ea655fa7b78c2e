/// What a reader of a log checks, and every way that it can be wrong.
@NullMarked
package org.entente.protocol.log;

import org.jspecify.annotations.NullMarked;
