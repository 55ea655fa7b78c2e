package org.entente.chain.transport;

import org.entente.protocol.Bytes;

/// One open connection to another node. Any thread may call it; what one thread sends arrives in
/// its order, if it arrives.
public interface Peer {
    int MESSAGE_SIZE_BYTES_MAX = 8 * 1024 * 1024;

    PeerKey key();

    /// The other end of the connection; where it was dialled, that is where it listens.
    PeerAddress address();

    /// What it said of itself.
    Introduction introduction();

    /// Hands over a message and never waits. That it was taken says nothing of arrival.
    ///
    /// @return false when it was left out, or the connection has ended
    boolean send(Bytes message, Urgency urgency);

    /// Holds something against the key, also over connections to come. Points are forgiven with
    /// time; at 100 the connection ends, and the key is refused for a while.
    void blame(int points, String why);

    /// Ends the connection and tells the other end why, as far as that still reads.
    void close(String why);
}
