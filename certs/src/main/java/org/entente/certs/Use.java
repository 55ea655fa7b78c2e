package org.entente.certs;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.Optional;
import java.util.SortedSet;

/// What a transaction certificate is presented for: one flow, and whom its contract lets ask.
public record Use(AllianceId alliance, Name contract, Name flow, SortedSet<Requester> requesters) {
    public Use {
        requesters = Sorted.copyOf(requesters);
    }

    /// Whether a transaction certificate's grant covers this use.
    public Verdict isCoveredBy(Certificate certificate) {
        Optional<Grant> present = certificate.grant();
        if (present.isEmpty()) {
            return Verdict.rejected(Fault.WRONG_USAGE, certificate + " has no grant");
        }
        Grant grant = present.get();
        if (!grant.alliance().equals(alliance)
                || !grant.contract().equals(contract)
                || !grant.flows().contains(flow)) {
            return Verdict.rejected(
                    Fault.WRONG_FLOW,
                    "the flow "
                            + flow
                            + " of the contract "
                            + contract
                            + " in the alliance "
                            + alliance
                            + " is not in the extension");
        }
        boolean admitted =
                grant.roles().stream()
                        .map(role -> new Requester(certificate.organisation(), role))
                        .anyMatch(requester -> requesters.contains(requester));
        return admitted
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.WRONG_ROLE,
                        grant.roles() + " of " + certificate.organisation() + " may not ask");
    }
}
