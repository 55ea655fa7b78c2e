package org.entente.registry;

import org.entente.certs.Verifier;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether the signatures under a change are those it asks for: each missing, repeated, strange or
/// wrong one is refused by its own fault.
final class Signatures {
    private Signatures() {}

    /// All of these sign, and nobody else.
    static Verdict allOf(
            SortedMap<Approver, VerifyingKey> keys,
            Approvals approvals,
            Digest subject,
            Verifier verifier) {
        Verdict verdict = each(keys, approvals, subject, verifier);
        SortedSet<Approver> missing = new TreeSet<>(keys.keySet());
        approvals.list().forEach(approval -> missing.remove(approval.approver()));
        return verdict.isAccepted() && !missing.isEmpty()
                ? Verdict.rejected(Fault.UNSIGNED, missing.first().words() + " has not signed")
                : verdict;
    }

    /// One of these signs, and nobody else.
    static Verdict oneOf(
            SortedMap<Approver, VerifyingKey> keys,
            Approvals approvals,
            Digest subject,
            Verifier verifier) {
        List<Approval> list = approvals.list();
        if (list.isEmpty()) {
            return Verdict.rejected(
                    Fault.UNSIGNED,
                    "one of these must sign: "
                            + keys.keySet().stream().map(Approver::words).toList());
        }
        Verdict verdict = each(keys, approvals, subject, verifier);
        return verdict.isAccepted() && list.size() > 1
                ? Verdict.rejected(Fault.DOUBLY_SIGNED, "one signature is enough here")
                : verdict;
    }

    /// Any of these sign, each at most once, and nobody else.
    static Verdict each(
            SortedMap<Approver, VerifyingKey> keys,
            Approvals approvals,
            Digest subject,
            Verifier verifier) {
        Optional<Approver> repeated = approvals.repeated();
        if (repeated.isPresent()) {
            return Verdict.rejected(
                    Fault.DOUBLY_SIGNED, repeated.get().words() + " signs more than once");
        }
        for (Approval approval : approvals.list()) {
            Verdict verdict = check(keys, approval, subject, verifier);
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    static Verdict check(
            SortedMap<Approver, VerifyingKey> keys,
            Approval approval,
            Digest subject,
            Verifier verifier) {
        VerifyingKey key = keys.get(approval.approver());
        if (key == null) {
            return Verdict.rejected(
                    Fault.NOT_A_SIGNER, approval.approver().words() + " is not asked to sign");
        }
        if (!key.equals(approval.key())) {
            return Verdict.rejected(
                    Fault.BAD_SIGNATURE, approval.approver().words() + " signs with another key");
        }
        return verifier.verify(key, subject, approval.signature())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE,
                        "the signature of " + approval.approver().words() + " is not over this");
    }
}
