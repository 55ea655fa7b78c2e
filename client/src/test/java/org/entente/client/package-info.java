/// What the client believes and what it refuses.
///
/// For tests alone.
@NullMarked
package org.entente.client;

import org.jspecify.annotations.NullMarked;
