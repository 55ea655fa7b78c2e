package org.entente.certs;

import org.entente.protocol.Sorted;

import java.util.SortedMap;

/// What is revoked, and from which serial of the log on.
public record Revocations(SortedMap<Revocation, Long> fromSerial) {
    public static final Revocations NONE = new Revocations(Sorted.empty());

    public Revocations {
        fromSerial = Sorted.copyOf(fromSerial);
    }

    /// A certificate stays revoked from the first entry that says so.
    public Revocations with(Revocation revocation, long serial) {
        Long earlier = fromSerial.get(revocation);
        return earlier != null && earlier <= serial
                ? this
                : new Revocations(Sorted.with(fromSerial, revocation, serial));
    }

    public boolean contains(Revocation revocation, Moment at) {
        Long from = fromSerial.get(revocation);
        return from != null && from <= at.serial();
    }
}
