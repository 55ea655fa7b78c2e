/// The log under crashes, torn writes, flipped bits, failing disks and full queues.
@NullMarked
package org.entente.relay.log;

import org.jspecify.annotations.NullMarked;
