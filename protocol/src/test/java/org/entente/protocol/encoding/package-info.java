@NullMarked
package org.entente.protocol.encoding;

import org.jspecify.annotations.NullMarked;
