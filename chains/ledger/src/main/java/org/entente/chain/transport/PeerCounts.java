package org.entente.chain.transport;

/// What peers came to since the start, for metrics.
///
/// @param connected open now
/// @param opened connections that were introduced and taken
/// @param refused connections that were not, whoever said no
/// @param dropped messages that were left out
/// @param blamed keys that were refused for what they did
public record PeerCounts(
        int connected,
        long opened,
        long refused,
        long dropped,
        long blamed,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut) {}
