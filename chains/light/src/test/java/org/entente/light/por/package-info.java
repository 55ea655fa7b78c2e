@NullMarked
package org.entente.light.por;

import org.jspecify.annotations.NullMarked;
