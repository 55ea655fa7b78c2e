package org.entente.relay.log;

import org.entente.protocol.Bytes;

/// What stands under one serial: the entry, which is the leaf of the tree, and the bytes whose
/// digests it names (docs/log.md §3).
///
/// @param content what was ordered: the bytes of a change or of a submission
/// @param evidence what speaks for it: approvals, endorsements, attestations
public record LogRecord(Bytes entry, Bytes content, Bytes evidence) {
    /// Entry bundles carry a length of 16 bits.
    public static final int ENTRY_SIZE_BYTES_MAX = 0xffff;

    public static final int CONTENT_SIZE_BYTES_MAX = 1 << 20;
    public static final int EVIDENCE_SIZE_BYTES_MAX = 1 << 18;

    public LogRecord {
        require("entry", entry, 1, ENTRY_SIZE_BYTES_MAX);
        require("content", content, 0, CONTENT_SIZE_BYTES_MAX);
        require("evidence", evidence, 0, EVIDENCE_SIZE_BYTES_MAX);
    }

    private static void require(String what, Bytes bytes, int min, int max) {
        if (bytes.size() < min || bytes.size() > max) {
            throw new IllegalArgumentException(
                    "the "
                            + what
                            + " of a record has "
                            + min
                            + " to "
                            + max
                            + " bytes, not "
                            + bytes.size());
        }
    }
}
