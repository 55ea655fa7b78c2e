/// Whom the relay connects to.
@NullMarked
package org.entente.relay.http;

import org.jspecify.annotations.NullMarked;
