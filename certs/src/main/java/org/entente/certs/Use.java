package org.entente.certs;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;

import java.util.SortedSet;

/// What a transaction certificate is presented for: one flow, and whom its contract lets ask.
public record Use(AllianceId alliance, Name contract, Name flow, SortedSet<Requester> requesters) {
    public Use {
        requesters = Sorted.copyOf(requesters);
    }
}
