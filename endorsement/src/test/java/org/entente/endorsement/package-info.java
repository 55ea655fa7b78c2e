@NullMarked
package org.entente.endorsement;

import org.jspecify.annotations.NullMarked;
