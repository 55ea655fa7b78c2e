package org.entente.agent;

import org.entente.protocol.AllianceId;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.WriteSet;

import java.time.Instant;

/// An exchange that was applied at an inbox of this organisation's chain (protocol.md §6.7).
///
/// @param settled the serial of the entry that says so; it orders what applications receive
public record Received(
        AllianceId alliance,
        long serial,
        long settled,
        Request request,
        WriteSet writes,
        Instant settledAt) {}
