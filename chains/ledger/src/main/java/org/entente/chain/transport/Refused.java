package org.entente.chain.transport;

/// A connection that will not open; the other end is told why.
final class Refused extends Exception {
    /// Of two connections of one pair, which is nobody's fault.
    static final String CONNECTED = "already connected";

    /// A node that took another key goes on with connections under that one only.
    static final String RENAMED = "this node has another key from now on";

    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }
}
