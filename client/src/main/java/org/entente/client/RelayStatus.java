package org.entente.client;

import org.entente.protocol.VerifyingKey;

import java.time.Instant;

/// What a relay says about itself. Its key is the one that was pinned, or nothing was read.
public record RelayStatus(
        String address, VerifyingKey key, String version, String cryptography, Instant time) {}
