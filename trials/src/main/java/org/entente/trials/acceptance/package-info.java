/// Real processes on loopback, driven by the commands of a page of the handbook: the page is the
/// test.
///
/// May use: nothing but ./entente, HTTP and the shell. Described in `docs/trials.md`.
@NullMarked
package org.entente.trials.acceptance;

import org.jspecify.annotations.NullMarked;
