package org.entente.trials.acceptance;

import org.entente.certs.Verifier;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.launcher.app.demo.PublicLog;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What an alliance's public log says, every verdict of it derived again.
final class LogTruth {
    private final Notary notary;
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Long, Digest> exchanges = new TreeMap<>();
    private final TreeMap<Long, Settlement> settlements = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private final PublicLog log;

    LogTruth(PublicLog log, AllianceId alliance, Verifier verifier) {
        this.log = log;
        this.notary = new Notary(alliance, verifier);
    }

    /// Reads on to where the log is now.
    LogTruth followed() throws Failure {
        while (true) {
            List<Frame> frames = log.from(entries.size());
            if (frames.isEmpty()) {
                return this;
            }
            frames.forEach(this::take);
        }
    }

    private void take(Frame frame) {
        Entry entry = Entry.FORMAT.decode(frame.entry()).orThrow();
        EntryRecord record = new EntryRecord(entry, frame.change(), frame.approvals());
        Verdict verdict = notary.check(record);
        if (!verdict.isAccepted()) {
            violations.add("serial " + entry.serial() + ": " + verdict);
        }
        notary.take(record);
        entries.add(entry);
        switch (Content.read(record).orThrow()) {
            case Content.Exchanged(var candidate) ->
                    exchanges.put(entry.serial(), candidate.exchange());
            case Content.Settled(var settlement, var _) ->
                    settlements.put(settlement.serial(), settlement);
            case Content.Changed _, Content.Cancelled _ -> {}
        }
    }

    /// VALID and without an end.
    int unsettled() {
        return notary.book().open().size();
    }

    /// Whether a serial is VALID and without an end.
    boolean isOpen(long serial) {
        return notary.book().open(serial).isPresent();
    }

    /// How the inbox contract ended a serial.
    Optional<Settlement.End> end(long serial) {
        return Optional.ofNullable(settlements.get(serial)).map(Settlement::end);
    }

    int size() {
        return entries.size();
    }

    /// What does not hold: by itself, and against what applications were told.
    List<String> violations(List<Outcome> told) {
        List<String> all = new ArrayList<>(violations);
        appliedTwice(all);
        told.forEach(outcome -> compare(outcome, all));
        return all;
    }

    private void appliedTwice(List<String> all) {
        TreeMap<Digest, Long> applied = new TreeMap<>();
        settlements.forEach((serial, settlement) -> {
            if (settlement.end() == Settlement.End.APPLIED) {
                Long before = applied.put(exchange(serial), serial);
                if (before != null) {
                    all.add("one exchange is applied as " + before + " and as " + serial);
                }
            }
        });
    }

    private Digest exchange(long serial) {
        Digest exchange = exchanges.get(serial);
        if (exchange == null) {
            throw new IllegalStateException("serial " + serial + " is no exchange");
        }
        return exchange;
    }

    private void compare(Outcome outcome, List<String> all) {
        switch (outcome.ending()) {
            case Outcome.Settled(Settlement.End end, long serial, var _) -> {
                Settlement settlement = settlements.get(serial);
                if (settlement == null
                        || settlement.end() != end
                        || !outcome.exchange().equals(exchange(serial))) {
                    all.add("told " + outcome + ", the log says " + settlement);
                }
            }
            case Outcome.Invalid(var problem, long serial, var _) -> {
                Entry entry = entries.get(Math.toIntExact(serial));
                boolean same =
                        Fault.numbered(entry.fault())
                                .map(fault -> fault.name().equals(problem.code()))
                                .orElse(false);
                if (!same) {
                    all.add("told " + outcome + ", the log says " + entry);
                }
            }
            case Outcome.Sealed _, Outcome.Failed _, Outcome.Open _ -> {}
        }
    }
}
