package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Settlement;
import org.entente.relay.Status;

import java.util.TreeMap;

/// Every answer given to a client is what the log says, on disk; and the log below what was
/// answered or sealed never shrinks and never changes.
final class AnswersFollowTheLog implements Invariant {
    private final Facts facts;
    private final TreeMap<Long, Digest> pinned = new TreeMap<>();
    private long forced;

    AnswersFollowTheLog(Facts facts) {
        this.facts = facts;
    }

    @Override
    public void forced(long size) {
        forced = size;
    }

    @Override
    public void restarted(long size) {
        forced = size;
        if (!pinned.isEmpty() && pinned.lastKey() >= size) {
            throw violated(
                    "serial %d was answered or sealed, the log has %d entries"
                            .formatted(pinned.lastKey(), size));
        }
    }

    @Override
    public void appended(EntryRecord record) {
        Digest before = pinned.get(record.entry().serial());
        if (before != null) {
            throw violated("serial " + record.entry().serial() + " is written a second time");
        }
    }

    @Override
    public void said(NodeId agent, ToRelay message) {
        if (message instanceof ToRelay.Sealing sealing && facts.world().plan().isHonest(agent)) {
            pin(sealing.seal().size() - 1);
        }
    }

    private void pin(long serial) {
        facts.record(serial).ifPresent(record -> pinned.put(serial, record.entry().submission()));
    }

    @Override
    public void answered(Status status) {
        if (status.state().compareTo(Status.State.COMMITTED) < 0 || status.serial().isEmpty()) {
            if (status.end().filter(end -> end != Status.End.FAILED_UNORDERED).isPresent()) {
                throw violated("an end without a serial: " + Words.of(status));
            }
            return;
        }
        long serial = status.serial().getAsLong();
        EntryRecord record =
                facts.record(serial)
                        .orElseThrow(() -> violated("no such serial: " + Words.of(status)));
        if (serial >= forced) {
            throw violated("answered before it was forced: " + Words.of(status));
        }
        if (record.entry().kind() != EntryKind.EXCHANGE
                || !Request.FORMAT
                        .digest(Sequence.FORMAT.decode(record.content()).orThrow().ask().request())
                        .equals(status.request())) {
            throw violated("another request stands there: " + Words.of(status));
        }
        boolean invalid = status.end().filter(end -> end == Status.End.INVALID).isPresent();
        if (invalid != (record.entry().fault() != 0)) {
            throw violated(Words.of(status) + ", the log says " + Words.of(record.entry()));
        }
        pin(serial);
        if (!invalid && status.state().compareTo(Status.State.SEALED) >= 0) {
            sealed(status, serial);
        }
        if (status.state() == Status.State.SETTLED) {
            settled(status, serial);
        }
    }

    private void sealed(Status status, long serial) {
        if (facts.sealedSize() <= serial) {
            throw violated("not sealed: " + Words.of(status));
        }
    }

    private void settled(Status status, long serial) {
        EntryRecord record =
                facts.record(status.settlement().orElse(-1))
                        .orElseThrow(() -> violated("no settlement: " + Words.of(status)));
        if (record.entry().kind() != EntryKind.SETTLED) {
            throw violated("no settlement there: " + Words.of(status));
        }
        Settlement settlement = Settlement.FORMAT.decode(record.content()).orThrow();
        boolean same =
                settlement.serial() == serial
                        && status.end()
                                .map(Enum::name)
                                .equals(java.util.Optional.of(settlement.end().name()));
        if (!same) {
            throw violated(Words.of(status) + ", the log says " + settlement);
        }
        sealed(status, status.settlement().orElseThrow());
    }
}
