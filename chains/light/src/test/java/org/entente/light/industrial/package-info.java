@NullMarked
package org.entente.light.industrial;

import org.jspecify.annotations.NullMarked;
