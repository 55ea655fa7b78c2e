package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.SortedSet;

/// Whom a certificate is about, which decides its profile.
public sealed interface Subject {
    OrganisationId organisation();

    CertificateKind kind();

    /// The name in the URI of the subject alternative name.
    String uri();

    record Ca(CaName name) implements Subject {
        @Override
        public OrganisationId organisation() {
            return name.organisation();
        }

        @Override
        public CertificateKind kind() {
            return name.kind();
        }

        @Override
        public String uri() {
            return "spiffe://" + organisation();
        }
    }

    /// @param hosts under which names others reach the node's own HTTPS server; often none
    record Node(NodeId id, SortedSet<HostName> hosts) implements Subject {
        public static final int HOSTS_MAX = 16;

        public Node {
            hosts = Sorted.copyOf(hosts);
            if (hosts.size() > HOSTS_MAX) {
                throw new IllegalArgumentException(
                        "a node has at most " + HOSTS_MAX + " host names, not " + hosts.size());
            }
        }

        @Override
        public OrganisationId organisation() {
            return id.organisation();
        }

        @Override
        public CertificateKind kind() {
            return CertificateKind.IDENTITY;
        }

        @Override
        public String uri() {
            return id.uri();
        }
    }

    /// Someone whom only the organisation knows.
    ///
    /// @param pseudonym random, so that the subject differs from certificate to certificate
    record Holder(OrganisationId organisation, Bytes pseudonym, Grant grant) implements Subject {
        public static final int PSEUDONYM_SIZE_BYTES = 16;

        public Holder {
            if (pseudonym.size() != PSEUDONYM_SIZE_BYTES) {
                throw new IllegalArgumentException(
                        "a pseudonym has 16 bytes, not " + pseudonym.size());
            }
        }

        @Override
        public CertificateKind kind() {
            return CertificateKind.TRANSACTION;
        }

        @Override
        public String uri() {
            return "spiffe://" + organisation + "/transaction";
        }
    }
}
