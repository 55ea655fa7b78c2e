@NullMarked
package org.entente.protocol;

import org.jspecify.annotations.NullMarked;
