package org.entente.registry.journal;

import org.entente.protocol.Digest;

/// How far the view is with one log.
///
/// @param digest computed from the rows; the fold of the first `size` entries has the same
public record LogSummary(long size, Digest digest) {}
