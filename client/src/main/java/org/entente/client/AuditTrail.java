package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.merkle.Frontier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// What an audit keeps of a log, so that a later one can name the first entry that is another: of
/// each entry its leaf's hash and the digest of what was submitted.
///
/// As a file: a line of JSON with alliance, size and root, then 64 bytes for each entry.
final class AuditTrail {
    private static final String KIND = "audit/v1";
    private static final int STEP_SIZE_BYTES = 2 * Digest.SIZE_BYTES;

    private final ByteArrayOutputStream steps = new ByteArrayOutputStream();
    private Frontier frontier = Frontier.EMPTY;

    void add(Digest leaf, Digest submission) {
        steps.writeBytes(leaf.bytes().toArray());
        steps.writeBytes(submission.bytes().toArray());
        frontier = frontier.append(leaf);
    }

    long size() {
        return frontier.size();
    }

    Digest root() {
        return frontier.root();
    }

    Optional<Digest> leaf(long serial) {
        if (serial >= size()) {
            return Optional.empty();
        }
        int from = Math.toIntExact(serial * STEP_SIZE_BYTES);
        return Optional.of(
                new Digest(Bytes.copyOf(steps.toByteArray(), from, from + Digest.SIZE_BYTES)));
    }

    Bytes file(AllianceId alliance) {
        ObjectNode head = PortableJson.of(KIND);
        head.put("alliance", alliance.toString());
        head.put("size", size());
        head.put("root", root().hex());
        return PortableJson.text(head).concat(Bytes.copyOf(steps.toByteArray()));
    }

    static Parsed<AuditTrail> read(Bytes file, AllianceId alliance) {
        int line = 0;
        while (line < file.size() && file.at(line) != '\n') {
            line++;
        }
        Bytes head = file.slice(0, line);
        Bytes rest = file.slice(Math.min(line + 1, file.size()), file.size());
        return PortableJson.read(
                head,
                KIND,
                List.of("alliance", "size", "root"),
                json -> read(json, rest, alliance));
    }

    private static Parsed<AuditTrail> read(JsonNode head, Bytes rest, AllianceId alliance)
            throws Json.Unexpected {
        if (!Json.text(head, "alliance").equals(alliance.toString())) {
            return Parsed.refused(Fault.UNBOUND, "it was kept of another alliance");
        }
        if (rest.size() != Json.number(head, "size") * STEP_SIZE_BYTES) {
            return Parsed.refused(Fault.MALFORMED, "the kept audit is cut");
        }
        AuditTrail trail = new AuditTrail();
        for (int at = 0; at < rest.size(); at += STEP_SIZE_BYTES) {
            int middle = at + Digest.SIZE_BYTES;
            trail.add(
                    new Digest(rest.slice(at, middle)),
                    new Digest(rest.slice(middle, middle + Digest.SIZE_BYTES)));
        }
        return trail.root().hex().equals(Json.text(head, "root"))
                ? Parsed.of(trail)
                : Parsed.refused(Fault.BAD_PROOF, "the kept audit is damaged");
    }

    /// The first entry that is another than was kept, and how.
    static Optional<AuditReport.Finding> compare(AuditTrail kept, AuditTrail now) {
        byte[] before = kept.steps.toByteArray();
        byte[] after = now.steps.toByteArray();
        long common = Math.min(kept.size(), now.size());
        for (long serial = 0; serial < common; serial++) {
            if (!same(before, serial, after, serial, 0)) {
                return Optional.of(difference(before, after, serial));
            }
        }
        return now.size() >= kept.size()
                ? Optional.empty()
                : Optional.of(
                        AuditReport.Finding.at(
                                now.size(),
                                AuditReport.What.REMOVED,
                                "the log ends here; an earlier audit saw "
                                        + kept.size()
                                        + " entries"));
    }

    private static AuditReport.Finding difference(byte[] before, byte[] after, long serial) {
        boolean next = same(before, serial + 1, after, serial, Digest.SIZE_BYTES);
        boolean last = same(before, serial, after, serial + 1, Digest.SIZE_BYTES);
        AuditReport.What what =
                same(before, serial, after, serial, Digest.SIZE_BYTES)
                        ? AuditReport.What.EDITED
                        : next && last
                                ? AuditReport.What.SWAPPED
                                : next
                                        ? AuditReport.What.REMOVED
                                        : last
                                                ? AuditReport.What.INSERTED
                                                : AuditReport.What.FORKED;
        return AuditReport.Finding.at(
                serial, what, "it is not the entry that an earlier audit saw here");
    }

    /// Whether two steps agree, in the leaf (offset 0) or in what was submitted.
    private static boolean same(byte[] one, long at, byte[] other, long with, int offset) {
        int from = Math.toIntExact(at * STEP_SIZE_BYTES) + offset;
        int against = Math.toIntExact(with * STEP_SIZE_BYTES) + offset;
        return from + Digest.SIZE_BYTES <= one.length
                && against + Digest.SIZE_BYTES <= other.length
                && java.util.Arrays.equals(
                        one,
                        from,
                        from + Digest.SIZE_BYTES,
                        other,
                        against,
                        against + Digest.SIZE_BYTES);
    }
}
