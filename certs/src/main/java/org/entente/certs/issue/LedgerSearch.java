package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether an entry of the ledger issued a certificate.
public final class LedgerSearch {
    private LedgerSearch() {}

    public static Optional<Ledger.Issued> issued(LedgerEntry entry, Revocation wanted) {
        return switch (entry) {
            case LedgerEntry.IdentityIssued(Digest issuer, Certificate certificate) ->
                    new Revocation(issuer, certificate.serialNumber()).equals(wanted)
                            ? certificate
                                    .node()
                                    .map(node -> new Ledger.Issued(node, certificate.notAfter()))
                            : Optional.empty();
            case LedgerEntry.BatchIssued(
                            Digest issuer,
                            NodeId holder,
                            Instant notAfter,
                            List<Bytes> serials) ->
                    issuer.equals(wanted.issuer()) && serials.contains(wanted.serialNumber())
                            ? Optional.of(new Ledger.Issued(holder, notAfter))
                            : Optional.empty();
            case LedgerEntry.TokenIssued _,
                    LedgerEntry.TokenUsed _,
                    LedgerEntry.Revoked _,
                    LedgerEntry.Opened _,
                    LedgerEntry.ListIssued _,
                    LedgerEntry.RolesGiven _ ->
                    Optional.empty();
        };
    }
}
