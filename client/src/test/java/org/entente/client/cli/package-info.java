/// The commands as people and scripts see them.
///
/// For tests alone.
@NullMarked
package org.entente.client.cli;

import org.jspecify.annotations.NullMarked;
