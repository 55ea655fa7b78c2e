package org.entente.certs;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Name;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.SortedSet;

/// What a transaction certificate lets its holder ask for (protocol.md §2.3).
public record Grant(
        AllianceId alliance, Name contract, SortedSet<Name> flows, SortedSet<Name> roles) {
    public static final int FLOWS_MAX = 32;
    public static final int ROLES_MAX = 16;
    public static final Format<Grant> FORMAT =
            new Format<>(Purpose.GRANT, 4096, Grant::write, Grant::read);

    public Grant {
        flows = Sorted.copyOf(flows);
        roles = Sorted.copyOf(roles);
        if (flows.isEmpty() || flows.size() > FLOWS_MAX) {
            throw new IllegalArgumentException(
                    "a grant names 1 to " + FLOWS_MAX + " flows, not " + flows.size());
        }
        if (roles.isEmpty() || roles.size() > ROLES_MAX) {
            throw new IllegalArgumentException(
                    "a grant names 1 to " + ROLES_MAX + " roles, not " + roles.size());
        }
    }

    private static void write(Encoder to, Grant grant) {
        to.fixed(grant.alliance.digest().bytes(), 32)
                .text(grant.contract.text())
                .list(grant.flows, (encoder, flow) -> encoder.text(flow.text()))
                .list(grant.roles, (encoder, role) -> encoder.text(role.text()));
    }

    private static Grant read(Decoder from) {
        AllianceId alliance = AllianceId.fromHex(from.fixed(32).hex());
        Name contract = name(from);
        SortedSet<Name> flows = names(from, FLOWS_MAX, "the flows of a grant");
        SortedSet<Name> roles = names(from, ROLES_MAX, "the roles of a grant");
        return new Grant(alliance, contract, flows, roles);
    }

    private static SortedSet<Name> names(Decoder from, int countMax, String what) {
        List<Name> names = from.list(countMax, Grant::name);
        Sorted.requireStrictlyAscending(names, what);
        return Sorted.copyOf(names);
    }

    private static Name name(Decoder from) {
        return new Name(from.text(Name.SIZE_MAX));
    }
}
