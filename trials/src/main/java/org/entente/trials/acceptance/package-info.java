/// Real processes on loopback, driven by commands, by HTTP, and by applications with the SDK; some
/// by a page of the handbook, which is the test.
///
/// May use: ./entente, HTTP, the shell, `client`, and the demo of `launcher`, which starts an
/// alliance. Described in `docs/trials.md`.
@NullMarked
package org.entente.trials.acceptance;

import org.jspecify.annotations.NullMarked;
