package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.certs.HostName;
import org.entente.certs.Revocation;
import org.entente.certs.Subject;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/// What the CA does and must not forget; it is known to the organisation alone.
public sealed interface LedgerEntry {
    /// @param token the SHA-256 of the token, never the token
    record TokenIssued(Digest token, NodeId node, SortedSet<HostName> hosts, Instant expires)
            implements LedgerEntry {
        public TokenIssued {
            hosts = new Subject.Node(node, hosts).hosts();
        }
    }

    /// @param serialNumber which certificate was given for it
    record TokenUsed(Digest token, Bytes serialNumber) implements LedgerEntry {}

    record IdentityIssued(Digest issuer, Certificate certificate) implements LedgerEntry {
        public IdentityIssued {
            if (certificate.node().isEmpty()) {
                throw new IllegalArgumentException("not an identity certificate: " + certificate);
            }
        }
    }

    /// The only place that knows to whom transaction certificates belong.
    record BatchIssued(Digest issuer, NodeId holder, Instant notAfter, List<Bytes> serialNumbers)
            implements LedgerEntry {
        public BatchIssued {
            serialNumbers = Collections.unmodifiableList(serialNumbers);
        }
    }

    /// @param notAfter until when the certificate would have held, and the CRL must name it
    record Revoked(Revocation certificate, Instant notAfter, Instant at) implements LedgerEntry {}

    /// @param demand the digest of the auditor's logged demand
    record Opened(Revocation certificate, NodeId holder, Digest demand, Instant at)
            implements LedgerEntry {}

    record ListIssued(Digest issuer, long number) implements LedgerEntry {}

    /// Which roles the node's transaction certificates carry from now on; the latest entry counts.
    record RolesGiven(NodeId node, SortedSet<Name> roles) implements LedgerEntry {
        public RolesGiven {
            roles = Sorted.copyOf(roles);
            if (roles.size() > Grant.ROLES_MAX) {
                throw new IllegalArgumentException(
                        "a node has at most " + Grant.ROLES_MAX + " roles, not " + roles.size());
            }
        }
    }
}
