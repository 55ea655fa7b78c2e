/// A whole relay in this process, asked over HTTPS.
@NullMarked
package org.entente.relay.app;

import org.jspecify.annotations.NullMarked;
