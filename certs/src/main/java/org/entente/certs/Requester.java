package org.entente.certs;

import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;

import java.util.Comparator;

/// Who may use a flow: the holders of one role of one organisation.
public record Requester(OrganisationId organisation, Name role) implements Comparable<Requester> {
    private static final Comparator<Requester> ORDER =
            Comparator.comparing(Requester::organisation).thenComparing(Requester::role);

    @Override
    public int compareTo(Requester other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return role + " of " + organisation;
    }
}
