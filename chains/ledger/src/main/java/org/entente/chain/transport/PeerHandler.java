package org.entente.chain.transport;

import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;

/// What a consensus is told of its peers, and what it decides of them.
///
/// One peer's calls come one by one, on a thread of its own: `opened`, `heard` for each message in
/// order, `closed`. Of one key there is one open peer at a time: the next is opened after the last
/// one's `closed` has returned. What it throws ends that connection.
public interface PeerHandler {
    /// Whether to talk to this key at all. Several connections may ask at the same time.
    Verdict admit(PeerKey key, Introduction theirs);

    /// It may be sent to from now on.
    void opened(Peer peer) throws InterruptedException;

    /// As long as this does not return nothing more is read from the peer.
    void heard(Peer peer, Bytes message) throws InterruptedException;

    /// Once for each opened, after everything else.
    void closed(Peer peer, String why);

    /// A connection that ended before it was open: another genesis, a key that is not admitted.
    void refused(PeerKey key, String why);
}
