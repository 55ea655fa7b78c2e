/// `entente solo …`: what the people of a chain of our own, whatever its consensus, do with it by
/// hand: keys, accounts, values, contracts, pacts, the inbox contract and its brake.
///
/// Shell. May use: `protocol`, `certs`, `client` and its commands, and the formats of
/// `chains/ledger`. Specified in `docs/ledger.md` §9.
@NullMarked
package org.entente.launcher.app.solo;

import org.jspecify.annotations.NullMarked;
