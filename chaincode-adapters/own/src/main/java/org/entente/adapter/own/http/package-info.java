/// The adapter of our own chains: their HTTP API, several nodes of one chain at once.
///
/// Shell. May use: `protocol`, `certs`, `adapter`, `adapter.own`, `runtime.json`. Specified in
/// `docs/adapters.md` §5.
@NullMarked
package org.entente.adapter.own.http;

import org.jspecify.annotations.NullMarked;
