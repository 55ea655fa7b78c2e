/// The objects of an exchange: what can be made can be read.
@NullMarked
package org.entente.protocol.exchange;

import org.jspecify.annotations.NullMarked;
