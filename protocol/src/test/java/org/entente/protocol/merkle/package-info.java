/// Trees against the RFC's own definition, and every way that a proof can be wrong.
@NullMarked
package org.entente.protocol.merkle;

import org.jspecify.annotations.NullMarked;
