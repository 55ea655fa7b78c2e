/// As whom a command acts, with which key, and which relay it believes how far.
///
/// May use: `client`, `client.cli.command`. Specified in `docs/client.md` §3.
@NullMarked
package org.entente.client.cli.party;

import org.jspecify.annotations.NullMarked;
