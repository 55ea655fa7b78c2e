package org.entente.relay.log;

/// @param segmentSizeBytes of the files that are written with zeros beforehand
/// @param waitingMax how many drafts may wait for the committer before `OVERLOADED`
public record LogSettings(long segmentSizeBytes, int waitingMax) {
    /// A segment holds at least its header, one batch of the largest kind and one that says that
    /// the log goes on.
    public static final long SEGMENT_SIZE_BYTES_MIN = 4L << 20;

    /// Places within a segment are kept in 31 bits.
    public static final long SEGMENT_SIZE_BYTES_MAX = 1L << 30;

    public static final int WAITING_MAX = 4_096;

    /// For logs that grow quickly: an alliance's.
    public static final LogSettings LARGE = new LogSettings(64L << 20, WAITING_MAX);

    /// For logs that grow slowly: the registry's.
    public static final LogSettings SMALL = new LogSettings(SEGMENT_SIZE_BYTES_MIN, WAITING_MAX);

    public LogSettings {
        if (segmentSizeBytes < SEGMENT_SIZE_BYTES_MIN
                || segmentSizeBytes > SEGMENT_SIZE_BYTES_MAX
                || segmentSizeBytes % BatchHeader.BLOCK_SIZE_BYTES != 0) {
            throw new IllegalArgumentException(
                    "a segment has "
                            + SEGMENT_SIZE_BYTES_MIN
                            + " to "
                            + SEGMENT_SIZE_BYTES_MAX
                            + " bytes, a multiple of "
                            + BatchHeader.BLOCK_SIZE_BYTES
                            + ", not "
                            + segmentSizeBytes);
        }
        if (waitingMax < 1) {
            throw new IllegalArgumentException("at least one must be able to wait");
        }
    }
}
