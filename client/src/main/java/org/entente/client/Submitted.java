package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;

import java.util.Optional;

/// Where a change was logged.
///
/// @param change the digest of its exact bytes, which names it from now on
/// @param alliance the alliance that it founded or that it concerns, when it does
public record Submitted(String log, long serial, Digest change, Optional<AllianceId> alliance) {}
