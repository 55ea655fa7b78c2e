package org.entente.trials.simulation;

import org.entente.agent.Decision;
import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Serial;
import org.entente.chain.state.StateKey;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.relay.Status;

/// Where a planted [Defect] takes hold.
record Defects(Defect planted) {
    boolean arePlanted() {
        return planted != Defect.NONE;
    }

    boolean journalForgets() {
        return planted == Defect.JOURNAL_FORGETS;
    }

    boolean isForgotten(Decision decision) {
        return decision instanceof Decision.Proposed || decision instanceof Decision.Endorsed;
    }

    boolean diskLies() {
        return planted == Defect.DISK_LIES;
    }

    boolean keepsToItself(ToAgent message) {
        return (planted == Defect.NOTHING_IS_BROUGHT && message instanceof ToAgent.Bring)
                || (planted == Defect.NOBODY_PROPOSES && message instanceof ToAgent.Propose);
    }

    /// A record as it gets into the log.
    EntryRecord appended(EntryRecord record) {
        Entry entry = record.entry();
        boolean overlooked =
                (planted == Defect.LOG_TAKES_STALE && entry.fault() == Fault.STALE_READ.number())
                        || (planted == Defect.REVOKED_CERTIFICATES_COUNT
                                && entry.fault() == Fault.CERTIFICATE_REVOKED.number());
        if (overlooked) {
            return new EntryRecord(
                    new Entry(
                            entry.serial(),
                            entry.kind(),
                            entry.submission(),
                            entry.evidence(),
                            Outcome.VALID,
                            0,
                            entry.time()),
                    record.content(),
                    record.evidence());
        }
        return planted == Defect.STRUCK_KEYS_COUNT
                        && entry.kind() == EntryKind.EXCHANGE
                        && entry.outcome() == Outcome.VALID
                ? alone(record)
                : record;
    }

    private static EntryRecord alone(EntryRecord record) {
        Evidence evidence = Evidence.FORMAT.decode(record.evidence()).orThrow();
        Bytes one =
                Evidence.FORMAT.encode(
                        new Evidence(
                                evidence.readSet(),
                                evidence.writeSet(),
                                evidence.endorsements().subList(0, 1),
                                evidence.attestations()));
        return new EntryRecord(record.entry(), record.content(), one);
    }

    Status answer(Status status) {
        return planted == Defect.ANSWERS_INVENTED && status.end().isPresent()
                ? new Status(
                        status.alliance(),
                        status.exchange(),
                        status.flow(),
                        status.attempt(),
                        status.request(),
                        status.arguments(),
                        status.asked(),
                        Status.State.SETTLED,
                        java.util.Optional.of(Status.End.APPLIED),
                        status.serial(),
                        status.settlement(),
                        java.util.Optional.empty(),
                        status.moved(),
                        status.promise(),
                        status.rejection(),
                        status.affected())
                : status;
    }

    /// What a defective inbox contract would have done beside.
    Ledger afterBlock(Ledger.Made made, Ledger sound) {
        if (planted != Defect.INBOX_BELIEVES && planted != Defect.INBOX_APPLIES_TWICE) {
            return sound;
        }
        Draft draft = new Draft(sound.state());
        for (int index = 0; index < made.transactions().size(); index++) {
            SignedTransaction signed = made.transactions().get(index);
            boolean takes =
                    planted == Defect.INBOX_BELIEVES
                            || made.receipts().get(index).status() == Receipt.Status.DONE;
            if (takes
                    && signed.transaction().action()
                            instanceof Action.Bring(Action.Notice kind, String inbox, var notice)
                    && kind == Action.Notice.DELIVERY
                    && Delivery.FORMAT.decode(notice) instanceof Parsed.Value<Delivery>(var it)) {
                long serial = it.sighting().entry().serial();
                for (int write = 0; write < it.values().size(); write++) {
                    draft.put(
                            StateKey.delivered(
                                    inbox,
                                    it.evidence().writeSet().writes().get(write).place().key()),
                            new Serial(serial).version(),
                            it.values().get(write));
                }
            }
        }
        return new Ledger(
                sound.genesis(),
                sound.governance(),
                sound.head(),
                sound.state().with(draft.written()));
    }
}
