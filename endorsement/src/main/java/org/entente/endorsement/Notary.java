package org.entente.endorsement;

import org.entente.certs.Moment;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.log.CancelGrounds;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Settlement;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.EpochRecord;
import org.entente.registry.SignedChange;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// An alliance's log, followed entry by entry: whether the next one holds by the log alone, and
/// what holds after it. The relay asks before it appends, an agent before it seals, an auditor
/// afterwards (protocol.md §7, §9.2).
///
/// Changed in place, like its [ExchangeBook]; used by one thread at a time.
public final class Notary {
    private final AllianceId id;
    private final Verifier verifier;
    private final ExchangeBook book = new ExchangeBook();
    private Optional<Alliance> alliance = Optional.empty();
    private long size;
    private Instant newest = Instant.EPOCH;

    public Notary(AllianceId id, Verifier verifier) {
        this.id = id;
        this.verifier = verifier;
    }

    /// The number of entries taken, and so the serial of the next.
    public long size() {
        return size;
    }

    /// The time of the last entry; none may have an earlier one.
    public Instant newest() {
        return newest;
    }

    public Optional<Alliance> alliance() {
        return alliance;
    }

    public ExchangeBook book() {
        return book;
    }

    /// How a submission would be entered now.
    public Ruling rule(Candidate candidate, Instant time) {
        return new SequenceCheck(founded(), book, verifier).rule(candidate, new Moment(size, time));
    }

    /// Whether a record may be the log's next: everything but that somebody has the right clock and
    /// that signatures which are said to be one's own are so.
    public Verdict check(EntryRecord record) {
        return switch (Content.read(record)) {
            case Parsed.Refused<Content>(Verdict.Rejected why) -> why;
            case Parsed.Value<Content>(Content content) -> check(record.entry(), content);
        };
    }

    /// The same for a record that was read already.
    public Verdict check(Entry entry, Content content) {
        if (entry.serial() != size) {
            return Verdict.rejected(
                    Fault.OUTDATED, "serial " + entry.serial() + " where " + size + " is due");
        }
        if (entry.time().isBefore(newest)) {
            return Verdict.rejected(Fault.INVALID_VALUE, entry.time() + " lies before " + newest);
        }
        return holds(entry, content);
    }

    /// Takes a record that [#check] accepted.
    public void take(EntryRecord record) {
        take(record.entry(), Content.read(record).orThrow());
    }

    /// The same for a record that was read already.
    public void take(Entry entry, Content content) {
        if (entry.serial() != size) {
            throw new IllegalStateException(
                    "serial " + entry.serial() + " does not follow on " + size + " entries");
        }
        switch (content) {
            case Content.Changed(SignedChange change) -> {
                ChangeEntry next = new ChangeEntry(entry.serial(), entry.time(), change);
                alliance =
                        Optional.of(
                                alliance.map(it -> it.apply(next))
                                        .orElseGet(() -> Alliance.founded(next)));
            }
            case Content.Exchanged(Candidate candidate) -> take(entry, candidate);
            case Content.Cancelled(Cancellation cancellation, CancelGrounds _) ->
                    book.cancelling(cancellation.serial());
            case Content.Settled(Settlement settlement, Observations _) ->
                    book.settled(settlement.serial(), settlement.end());
        }
        size++;
        newest = entry.time();
    }

    private void take(Entry entry, Candidate candidate) {
        book.ordered(entry.serial(), entry.fault(), candidate);
        if (entry.fault() == 0) {
            Flow flow = founded().charter().terms().flow(candidate.flow()).orElseThrow();
            book.opened(entry.serial(), candidate, flow, entry.time());
        }
    }

    private Verdict holds(Entry entry, Content content) {
        if (alliance.isEmpty() && !(content instanceof Content.Changed)) {
            return Verdict.rejected(Fault.INVALID_VALUE, "a log begins with epoch record 0");
        }
        return switch (content) {
            case Content.Changed(SignedChange change) -> change(change);
            case Content.Exchanged(Candidate candidate) -> exchange(entry, candidate);
            case Content.Cancelled(Cancellation cancellation, CancelGrounds grounds) ->
                    cancellation(entry, cancellation, grounds);
            case Content.Settled(Settlement settlement, Observations observations) ->
                    settlement(settlement, observations);
        };
    }

    private Verdict change(SignedChange change) {
        if (alliance.isPresent()) {
            return alliance.get().check(change, verifier);
        }
        Verdict verdict = Alliance.checkFounding(change, verifier);
        if (!verdict.isAccepted()) {
            return verdict;
        }
        AllianceId founded = Alliance.founded(new ChangeEntry(0, Instant.EPOCH, change)).id();
        return founded.equals(id)
                ? verdict
                : Verdict.rejected(Fault.UNBOUND, "it founds the alliance " + founded);
    }

    /// What fails admission is never logged, so it has no verdict; all else is ruled again.
    private Verdict exchange(Entry entry, Candidate candidate) {
        if (!candidate.request().alliance().equals(id)) {
            return Verdict.rejected(
                    Fault.UNBOUND, "a request for the alliance " + candidate.request().alliance());
        }
        return new RequestCheck(founded(), verifier)
                .signature(candidate.sequence().ask(), candidate.certificate())
                .and(() -> ruled(entry, rule(candidate, entry.time())));
    }

    private static Verdict ruled(Entry entry, Ruling ruling) {
        return ruling.faultNumber() == entry.fault()
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.INVALID_VALUE,
                        "the entry has fault "
                                + entry.fault()
                                + ", the check says "
                                + ruling.verdict());
    }

    private Verdict cancellation(Entry entry, Cancellation cancellation, CancelGrounds grounds) {
        Optional<ExchangeBook.Open> found = open(cancellation.alliance(), cancellation.serial());
        if (found.isEmpty() || found.get().cancel() == ExchangeBook.Open.Cancel.ENTERED) {
            return Verdict.rejected(
                    Fault.OUTDATED, "serial " + cancellation.serial() + " cannot be cancelled");
        }
        ExchangeBook.Open exchange = found.get();
        return switch (grounds) {
            case CancelGrounds.Evident() ->
                    entry.time().isAfter(exchange.deliverBy()) || isStruckOut(exchange)
                            ? Verdict.accepted()
                            : Verdict.rejected(
                                    Fault.INVALID_VALUE,
                                    "it may be delivered until " + exchange.deliverBy());
            case CancelGrounds.Wished(NodeSignature wish) -> wished(cancellation, exchange, wish);
        };
    }

    /// Whether keys that endorsed an exchange were struck since, so that what is left is too little
    /// for an inbox that knows all records (protocol.md §2.5).
    private boolean isStruckOut(ExchangeBook.Open exchange) {
        KnownEpochs epochs = new KnownEpochs(founded().epochs());
        EpochRecord judged = epochs.at(exchange.serial());
        Panel panel =
                Panel.endorsers(
                        judged,
                        judged.nodeContract(exchange.name()).orElseThrow(),
                        epochs.struck());
        return !panel.isPassedBy(exchange.endorsers().stream().mapToLong(panel::weight).sum());
    }

    private Verdict wished(
            Cancellation cancellation, ExchangeBook.Open exchange, NodeSignature wish) {
        NodeId node = wish.node();
        if (!founded().charter().terms().owners(exchange.flow()).contains(node.organisation())) {
            return Verdict.rejected(Fault.NOT_YOURS, node + " owns neither chain");
        }
        Optional<VerifyingKey> key = record().agent(node).map(Agent::key);
        if (key.isEmpty()) {
            return Verdict.rejected(Fault.NOT_A_SIGNER, node + " is no agent of this epoch");
        }
        return verifier.verify(
                        key.get(), Cancellation.FORMAT.digest(cancellation), wish.signature())
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, node + " did not sign this wish");
    }

    private Verdict settlement(Settlement settlement, Observations observations) {
        Optional<ExchangeBook.Open> found = open(settlement.alliance(), settlement.serial());
        if (found.isEmpty()) {
            return Verdict.rejected(
                    Fault.OUTDATED, "serial " + settlement.serial() + " is not to be settled");
        }
        Flow.Destination destination = found.get().flow().destination();
        if (!settlement.chain().equals(destination.chain())
                || !settlement.inbox().equals(destination.inbox())) {
            return Verdict.rejected(
                    Fault.UNBOUND,
                    "serial " + settlement.serial() + " goes to " + destination.inbox());
        }
        return observers(found.get())
                .vouched(
                        BatchRoot.OBSERVE,
                        Settlement.FORMAT.digest(settlement),
                        observations.vouches(),
                        verifier);
    }

    /// Those whose word settles an exchange now: the observers of its flow as the epoch in force
    /// has it, all agents once the flow is gone. So no amendment leaves an exchange that nobody can
    /// settle.
    public Panel observers(ExchangeBook.Open exchange) {
        return observers(exchange.name());
    }

    /// Those whose word says how exchanges of a flow end; of one that is gone, all agents.
    public Panel observers(FlowName name) {
        SortedMap<NodeId, Long> weights =
                founded().charter().terms().nodeContracts().entrySet().stream()
                        .filter(each -> each.getKey().equals(name))
                        .map(each -> each.getValue().observers())
                        .findFirst()
                        .orElseGet(() -> Panel.sealers(record()).weights());
        return Panel.observers(record(), weights);
    }

    private Optional<ExchangeBook.Open> open(AllianceId alliance, long serial) {
        return alliance.equals(id) ? book.open(serial) : Optional.empty();
    }

    private Alliance founded() {
        return alliance.orElseThrow(
                () -> new IllegalStateException("the log has no epoch record 0 yet"));
    }

    private EpochRecord record() {
        return founded().charter().record();
    }
}
