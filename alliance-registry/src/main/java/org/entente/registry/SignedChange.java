package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Format;

/// A change with the signatures under it, as it travels and as the log keeps it. The bytes received
/// are kept: digests are over them, never over a second encoding.
public final class SignedChange {
    public static final int SIZE_BYTES_MAX =
            Change.SIZE_BYTES_MAX + Approvals.SIZE_BYTES_MAX + 1024;
    private static final Format<Container> CONTAINER =
            new Format<>(
                    Purpose.SIGNED_CHANGE,
                    SIZE_BYTES_MAX,
                    (encoder, it) -> encoder.bytes(it.change).bytes(it.approvals),
                    decoder ->
                            new Container(
                                    decoder.bytes(Change.SIZE_BYTES_MAX),
                                    decoder.bytes(Approvals.SIZE_BYTES_MAX)));

    private final Bytes changeBytes;
    private final Bytes approvalBytes;
    private final Change change;
    private final Approvals approvals;

    private record Container(Bytes change, Bytes approvals) {}

    private SignedChange(
            Bytes changeBytes, Bytes approvalBytes, Change change, Approvals approvals) {
        this.changeBytes = changeBytes;
        this.approvalBytes = approvalBytes;
        this.change = change;
        this.approvals = approvals;
    }

    public static SignedChange of(Change change, Approvals approvals) {
        return new SignedChange(
                Change.FORMAT.encode(change),
                Approvals.FORMAT.encode(approvals),
                change,
                approvals);
    }

    public static SignedChange of(Change change, Approval... approvals) {
        return of(change, Approvals.of(approvals));
    }

    /// From the two parts as a log record holds them.
    public static Parsed<SignedChange> parse(Bytes changeBytes, Bytes approvalBytes) {
        return Change.FORMAT
                .decode(changeBytes)
                .then(change ->
                        Approvals.FORMAT
                                .decode(approvalBytes)
                                .map(approvals ->
                                        new SignedChange(
                                                changeBytes, approvalBytes, change, approvals)));
    }

    /// From the one container in which it is posted.
    public static Parsed<SignedChange> decode(Bytes container) {
        return CONTAINER.decode(container).then(parts -> parse(parts.change, parts.approvals));
    }

    public Bytes encode() {
        return CONTAINER.encode(new Container(changeBytes, approvalBytes));
    }

    public Change change() {
        return change;
    }

    public Approvals approvals() {
        return approvals;
    }

    public Bytes changeBytes() {
        return changeBytes;
    }

    public Bytes approvalBytes() {
        return approvalBytes;
    }

    /// An entry's submission digest: over the exact bytes of the change.
    public Digest digest() {
        return Digest.of(changeBytes);
    }

    /// An entry's evidence digest: over the exact bytes of the approvals.
    public Digest evidence() {
        return Digest.of(approvalBytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedChange it
                && changeBytes.equals(it.changeBytes)
                && approvalBytes.equals(it.approvalBytes);
    }

    @Override
    public int hashCode() {
        return changeBytes.hashCode();
    }

    @Override
    public String toString() {
        return change + " with " + approvals.list().size() + " signatures";
    }
}
