package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Panel;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.registry.EpochRecord;

import java.util.List;
import java.util.TreeSet;

/// Two seals of one size over different logs: whoever signed both has contradicted himself
/// (protocol.md §9.3).
public record SealPair(Sealed one, Sealed other) {
    /// Who is convicted.
    ///
    /// @param epoch the epoch record of the seals' last leaf
    public Parsed<AuditReport.Conviction> convict(EpochRecord epoch, Verifier verifier) {
        Seal first = one.seal();
        Seal second = other.seal();
        if (!first.alliance().equals(epoch.id()) || !second.alliance().equals(epoch.id())) {
            return Parsed.refused(Fault.UNBOUND, "the seals are of another alliance");
        }
        if (first.size() != second.size() || first.root().equals(second.root())) {
            return Parsed.refused(
                    Fault.INVALID_VALUE,
                    "seals convict when they are of one size and of two roots; these are of "
                            + first.size()
                            + " and "
                            + second.size());
        }
        TreeSet<NodeId> both = signers(one, epoch, verifier);
        both.retainAll(signers(other, epoch, verifier));
        return both.isEmpty()
                ? Parsed.refused(Fault.BAD_SIGNATURE, "nobody's signature holds under both")
                : Parsed.of(
                        new AuditReport.Conviction(
                                List.copyOf(both),
                                "signed two roots for "
                                        + first.size()
                                        + " entries: "
                                        + first.root()
                                        + " and "
                                        + second.root()));
    }

    private static TreeSet<NodeId> signers(Sealed sealed, EpochRecord epoch, Verifier verifier) {
        Panel panel = Panel.sealers(epoch);
        Digest digest = Seal.FORMAT.digest(sealed.seal());
        TreeSet<NodeId> signers = new TreeSet<>();
        for (NodeSignature each : sealed.signatures()) {
            VerifyingKey key = panel.keys().get(each.node());
            if (key != null && verifier.verify(key, digest, each.signature())) {
                signers.add(each.node());
            }
        }
        return signers;
    }
}
