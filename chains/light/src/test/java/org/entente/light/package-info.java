@NullMarked
package org.entente.light;

import org.jspecify.annotations.NullMarked;
