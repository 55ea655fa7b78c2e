/// What an agent asks of a member chain, whatever ledger it is: final state, functions, the inbox
/// contract. One module per ledger answers it.
///
/// Pure. May use: `protocol`. Specified in `docs/adapters.md`.
@NullMarked
package org.entente.adapter;

import org.jspecify.annotations.NullMarked;
