package org.entente.relay.worker;

import org.entente.protocol.AllianceId;
import org.entente.registry.ChangeEntry;

import java.util.Optional;

/// A change that now stands in the registry log.
///
/// @param alliance the alliance in whose log it, or what it completed, stands too
public record Recorded(ChangeEntry entry, Optional<AllianceId> alliance) {}
