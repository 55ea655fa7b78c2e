package org.entente.client.cli.party;

import org.entente.certs.Signer;
import org.entente.client.IdentityDirectory;
import org.entente.client.Unusable;
import org.entente.protocol.Digest;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;

/// Who signs, in which capacity, with which key.
public record Signatory(Approver approver, Signer signer) {
    public static Signatory of(IdentityDirectory identity) throws Unusable {
        return new Signatory(new Approver.Node(identity.node()), identity.signer());
    }

    public Approval approve(Digest subject) {
        return Approval.by(approver, signer, subject);
    }

    public SignedChange sign(Change change) {
        return SignedChange.of(change, approve(change.digest()));
    }
}
