package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Panel;
import org.entente.endorsement.Receipt;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.EpochRecord;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Judges every entry of an alliance's log again and compares the log with whatever else is known
/// of it: seals, receipts, an earlier audit, promises (protocol.md §9.3, §9.4).
public final class Audit {
    /// A log, from its beginning on.
    @FunctionalInterface
    public interface Records {
        /// Some of the records from a serial on; none at the end.
        List<Frame> from(long serial) throws Refused, Unreachable;
    }

    /// What the log is compared with.
    ///
    /// @param kept of an earlier audit, as [Done#kept] gave it
    public record Evidence(
            List<Sealed> seals,
            List<Receipt> receipts,
            Optional<Bytes> kept,
            List<SignedPromise> promises,
            List<SealPair> pairs) {
        public static final Evidence NONE =
                new Evidence(List.of(), List.of(), Optional.empty(), List.of(), List.of());

        public Evidence {
            seals = List.copyOf(seals);
            receipts = List.copyOf(receipts);
            promises = List.copyOf(promises);
            pairs = List.copyOf(pairs);
        }

        /// With a relay's newest seal.
        public Evidence and(Sealed sealed) {
            List<Sealed> more = new ArrayList<>(seals);
            more.add(sealed);
            return new Evidence(more, receipts, kept, promises, pairs);
        }

        private List<Sighting> sightings() {
            List<Sighting> all = new ArrayList<>();
            for (Receipt receipt : receipts) {
                all.add(receipt.sighting());
                receipt.ending().ifPresent(ending -> all.add(ending.sighting()));
            }
            return all;
        }

        private List<Sealed> allSeals() {
            List<Sealed> all = new ArrayList<>(seals);
            sightings().forEach(sighting -> all.add(sighting.sealed()));
            return all;
        }
    }

    /// @param kept for the next audit
    public record Done(AuditReport report, Bytes kept) {}

    private final AllianceId alliance;
    private final Verifier verifier;
    private final Evidence evidence;
    private final AuditFold fold;
    private final List<AuditReport.Finding> findings = new ArrayList<>();
    private final List<AuditReport.Conviction> convictions = new ArrayList<>();

    private Audit(AllianceId alliance, Verifier verifier, Evidence evidence) {
        this.alliance = alliance;
        this.verifier = verifier;
        this.evidence = evidence;
        TreeSet<Long> sizes = new TreeSet<>();
        evidence.allSeals().forEach(sealed -> sizes.add(sealed.seal().size()));
        TreeSet<Digest> sought = new TreeSet<>();
        evidence.promises.forEach(each -> sought.add(each.promise().submission()));
        this.fold = new AuditFold(alliance, verifier, sizes, sought);
    }

    /// Reads a log to its end.
    public static Done run(
            AllianceId alliance,
            Verifier verifier,
            Records records,
            Evidence evidence,
            LogFollower.Listener listener)
            throws Refused, Unreachable {
        Audit audit = new Audit(alliance, verifier, evidence);
        long sealed =
                evidence.allSeals().stream().mapToLong(each -> each.seal().size()).max().orElse(0);
        for (List<Frame> frames = records.from(0);
                !frames.isEmpty();
                frames = records.from(audit.fold.trail().size())) {
            for (Frame frame : frames) {
                audit.fold.take(frame);
                listener.at(audit.fold.trail().size(), Math.max(sealed, audit.fold.trail().size()));
            }
        }
        audit.fold.end();
        return audit.done();
    }

    private Done done() throws Refused {
        fold.broken().ifPresent(findings::add);
        if (evidence.kept.isPresent()) {
            AuditTrail kept = Refused.unless(AuditTrail.read(evidence.kept.get(), alliance));
            AuditTrail.compare(kept, fold.trail()).ifPresent(this::add);
        }
        for (Sighting sighting : evidence.sightings()) {
            shown(sighting);
        }
        long sealed = 0;
        for (Sealed each : evidence.allSeals()) {
            if (holds(each)) {
                sealed = Math.max(sealed, each.seal().size());
            }
        }
        for (SealPair pair : evidence.pairs) {
            EpochRecord epoch = epochAt(pair.one().seal().size() - 1);
            convictions.add(Refused.unless(pair.convict(epoch, verifier)));
        }
        for (SignedPromise promise : evidence.promises) {
            promised(promise);
        }
        findings.sort(Comparator.comparing(finding -> finding.serial().orElse(Long.MAX_VALUE)));
        return new Done(report(sealed), fold.trail().file(alliance));
    }

    private AuditReport report(long sealed) {
        return new AuditReport(
                alliance,
                fold.trail().size(),
                fold.trail().root(),
                sealed,
                fold.counts(),
                fold.from(),
                fold.to(),
                findings,
                convictions);
    }

    /// What an earlier audit says of a serial is more precise than what the entry alone tells.
    private void add(AuditReport.Finding finding) {
        findings.removeIf(each -> each.serial().equals(finding.serial()));
        findings.add(finding);
    }

    /// Whether the log has the entry that a receipt shows.
    private void shown(Sighting sighting) {
        Entry entry = sighting.entry();
        Digest leaf = TreeHash.leaf(Entry.FORMAT.encode(entry));
        Optional<Digest> here = fold.trail().leaf(entry.serial());
        if (!here.equals(Optional.of(leaf))
                && findings.stream()
                        .noneMatch(each -> each.serial().equals(Optional.of(entry.serial())))) {
            findings.add(
                    AuditReport.Finding.at(
                            entry.serial(),
                            here.isEmpty() ? AuditReport.What.REMOVED : AuditReport.What.FORKED,
                            "it is not the entry that a receipt shows"));
        }
    }

    /// Whether a majority sealed what the log shows. A seal that no majority signed is nothing
    /// against the log, and is refused.
    private boolean holds(Sealed sealed) throws Refused {
        Seal seal = sealed.seal();
        if (!seal.alliance().equals(alliance) || seal.size() < 1) {
            throw new Refused(Fault.UNBOUND, "a seal of the alliance " + seal.alliance());
        }
        EpochRecord epoch = epochAt(seal.size() - 1);
        Verdict verdict =
                Panel.sealers(epoch)
                        .signed(Seal.FORMAT.digest(seal), sealed.signatures(), verifier);
        if (verdict instanceof Verdict.Rejected why) {
            if (fold.broken().isPresent()) {
                return false;
            }
            throw new Refused(why.fault(), "the seal of " + seal.size() + ": " + why.detail());
        }
        if (seal.size() > fold.trail().size()) {
            findings.add(
                    AuditReport.Finding.at(
                            fold.trail().size(),
                            AuditReport.What.REMOVED,
                            "the log ends here; a majority sealed " + seal.size() + " entries"));
            return false;
        }
        if (fold.root(seal.size()).equals(Optional.of(seal.root()))) {
            return true;
        }
        if (findings.isEmpty()) {
            findings.add(
                    new AuditReport.Finding(
                            AuditReport.What.FORKED,
                            Optional.empty(),
                            "one of the first "
                                    + seal.size()
                                    + " entries is not what a majority sealed; an earlier audit"
                                    + " or receipts tell which"));
        }
        return false;
    }

    /// A promise is broken when a log is sealed past it and lacks the submission.
    private void promised(SignedPromise signed) throws Refused {
        Promise promise = signed.promise();
        if (!promise.alliance().equals(alliance)) {
            throw new Refused(Fault.UNBOUND, "a promise for " + promise.alliance());
        }
        if (!signed.isSignedBy(epochAt(fold.trail().size()).relay().key(), verifier)) {
            throw new Refused(Fault.BAD_SIGNATURE, "the alliance's relay did not sign the promise");
        }
        boolean past =
                evidence.allSeals().stream()
                        .anyMatch(each ->
                                each.seal().time().isAfter(promise.orderedBy())
                                        && fold.root(each.seal().size())
                                                .equals(Optional.of(each.seal().root())));
        if (fold.serialOf(promise.submission()).isEmpty() && past) {
            convictions.add(
                    new AuditReport.Conviction(
                            List.of(),
                            "the relay promised a serial to "
                                    + promise.submission()
                                    + " by "
                                    + promise.orderedBy()
                                    + "; the log is sealed past it and lacks it"));
        }
    }

    private EpochRecord epochAt(long serial) throws Refused {
        return fold.epochAt(serial)
                .orElseThrow(() ->
                        new Refused(Fault.BAD_PROOF, "the log does not begin with epoch record 0"));
    }
}
