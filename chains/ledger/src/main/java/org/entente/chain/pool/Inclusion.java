package org.entente.chain.pool;

import org.entente.chain.Receipt;

/// Where a transaction got to, and what became of it.
///
/// @param words why it failed; only from the process that included it, for it is not in the block
public record Inclusion(long height, int index, Receipt receipt, String words) {}
