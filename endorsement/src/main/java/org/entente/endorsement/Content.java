package org.entente.endorsement;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.CancelGrounds;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Settlement;
import org.entente.registry.SignedChange;

/// What an entry of an alliance's log is about.
public sealed interface Content {
    /// A change of who belongs and under which rules.
    record Changed(SignedChange change) implements Content {}

    /// A submission, VALID or INVALID.
    record Exchanged(Candidate candidate) implements Content {}

    /// That an exchange is not to be delivered any more.
    record Cancelled(Cancellation cancellation, CancelGrounds grounds) implements Content {}

    /// How an inbox contract ended an exchange.
    record Settled(Settlement settlement, Observations observations) implements Content {}

    /// Reads a record, whose bytes must be those that the entry's digests stand for.
    public static Parsed<Content> read(EntryRecord record) {
        Entry entry = record.entry();
        return switch (entry.kind()) {
            case CHANGE ->
                    SignedChange.parse(record.content(), record.evidence())
                            .then(change ->
                                    bound(
                                            record,
                                            Digest.of(record.content()),
                                            new Changed(change)));
            case EXCHANGE ->
                    Sequence.FORMAT
                            .decode(record.content())
                            .then(sequence ->
                                    Evidence.FORMAT
                                            .decode(record.evidence())
                                            .then(evidence -> Candidate.of(sequence, evidence)))
                            .then(candidate ->
                                    bound(
                                            record,
                                            candidate.submissionDigest(),
                                            new Exchanged(candidate)));
            case CANCEL ->
                    Cancellation.FORMAT
                            .decode(record.content())
                            .then(cancellation ->
                                    CancelGrounds.FORMAT
                                            .decode(record.evidence())
                                            .then(grounds ->
                                                    bound(
                                                            record,
                                                            Digest.of(record.content()),
                                                            new Cancelled(cancellation, grounds))));
            case SETTLED ->
                    Settlement.FORMAT
                            .decode(record.content())
                            .then(settlement ->
                                    Observations.FORMAT
                                            .decode(record.evidence())
                                            .then(observations ->
                                                    bound(
                                                            record,
                                                            Digest.of(record.content()),
                                                            new Settled(
                                                                    settlement, observations))));
        };
    }

    private static Parsed<Content> bound(EntryRecord record, Digest submission, Content content) {
        if (!record.entry().submission().equals(submission)) {
            return Parsed.refused(
                    Fault.UNBOUND, "the entry names another submission than stands beside it");
        }
        return record.entry().evidence().equals(Digest.of(record.evidence()))
                ? Parsed.of(content)
                : Parsed.refused(
                        Fault.UNBOUND, "the entry names other evidence than stands beside it");
    }
}
