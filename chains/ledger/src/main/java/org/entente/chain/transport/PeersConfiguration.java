package org.entente.chain.transport;

/// All that can be chosen about peers, apart from who they are.
public record PeersConfiguration(
        PeerAddress listen, PeerTimes times, PeerLimits limits, BlameTerms blame) {
    public static PeersConfiguration standard(PeerAddress listen) {
        return new PeersConfiguration(
                listen, PeerTimes.STANDARD, PeerLimits.STANDARD, BlameTerms.STANDARD);
    }
}
