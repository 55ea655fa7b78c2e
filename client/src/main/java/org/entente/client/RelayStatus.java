package org.entente.client;

import org.entente.protocol.VerifyingKey;

import java.time.Instant;

/// What a relay says about itself. None of it counts until it is checked.
public record RelayStatus(String address, VerifyingKey key, String cryptography, Instant time) {}
