package org.entente.relay;

import org.entente.protocol.NodeId;

/// What anyone may see of an agent (docs/exchange.md §3).
///
/// @param sealed the size of the newest seal that it signed
/// @param silences how often it did not answer in time
/// @param faulty how often it sent a bad signature or what does not belong together
/// @param disagreements how often it declined or objected
/// @param equivocations how often it signed two things that exclude each other
/// @param last the last of these, in words
public record AgentConduct(
        NodeId agent,
        boolean connected,
        boolean suspended,
        long sealed,
        long silences,
        long faulty,
        long disagreements,
        long equivocations,
        String last) {}
