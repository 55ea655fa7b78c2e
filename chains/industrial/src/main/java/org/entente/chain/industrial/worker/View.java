package org.entente.chain.industrial.worker;

import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Roster;

/// What a node knew at one moment, for whoever asks on another thread.
///
/// @param tip behind the newest block, which is final
/// @param roster whose turns there are at the next height
/// @param number of the view at that height
public record View(Ledger tip, Roster roster, int number) {}
