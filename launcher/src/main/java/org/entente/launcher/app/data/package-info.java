/// `entente chain industrial data …`: what the people of an industrial chain do with their data:
/// store it, look at it, grant it, erase it, see that it is sound.
///
/// Shell. May use: `protocol`, `certs`, `client` and its commands, `launcher.app.solo`, and the
/// formats of `chains/industrial`. Specified in `docs/chains/industrial-data.md` §8.
@NullMarked
package org.entente.launcher.app.data;

import org.jspecify.annotations.NullMarked;
