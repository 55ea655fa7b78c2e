package org.entente.chain.transport;

/// How much peers may take.
///
/// @param unintroducedMax connections that came in and have not said who they are
/// @param strangersMax open connections to keys that are not wanted
/// @param waitingMax messages that wait for one peer to read
/// @param waitingSizeBytesMax of all these together
/// @param framesPerSecond that are read from one peer; more are read later
/// @param bytesPerSecond likewise
public record PeerLimits(
        int unintroducedMax,
        int strangersMax,
        int waitingMax,
        long waitingSizeBytesMax,
        int framesPerSecond,
        long bytesPerSecond) {
    public static final PeerLimits STANDARD =
            new PeerLimits(64, 16, 4096, 32L * 1024 * 1024, 20_000, 64L * 1024 * 1024);

    public PeerLimits {
        if (unintroducedMax < 1 || strangersMax < 0 || waitingMax < 1) {
            throw new IllegalArgumentException(
                    unintroducedMax
                            + " unintroduced, "
                            + strangersMax
                            + " strangers, "
                            + waitingMax
                            + " messages waiting");
        }
        if (waitingSizeBytesMax < Peer.MESSAGE_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    waitingSizeBytesMax + " bytes have no room for one message");
        }
        if (framesPerSecond < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    framesPerSecond + " frames and " + bytesPerSecond + " bytes per second");
        }
    }
}
