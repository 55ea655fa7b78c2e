package org.entente.registry;

import org.entente.certs.CertificateBody;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Format;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What can be changed about who belongs. Each change proves itself by the signatures it travels
/// with; whoever carries it needs no trust.
public sealed interface Change {
    int SIZE_BYTES_MAX = 512 * 1024;
    int TITLE_SIZE_MAX = 200;
    int REASON_SIZE_MAX = 500;
    int NODE_CHAIN_COUNT_MAX = 64;
    int ACT_SIZE_BYTES_MAX = 128;

    Format<Change> FORMAT =
            new Format<>(Purpose.CHANGE, SIZE_BYTES_MAX, ChangeFormat::write, ChangeFormat::read);

    /// Signed by the new root key, which thereby proves to be the organisation's.
    record OrganisationEnrolled(
            OrganisationId organisation, String title, CertificateSet certificates)
            implements Change {
        public OrganisationEnrolled {
            requireText("a title", title, TITLE_SIZE_MAX);
        }
    }

    /// Signed twice by the organisation's root: the old key and the new one; once if it stays.
    ///
    /// @param generation one more than the generation in force; the first is 1
    record AuthoritiesRotated(
            OrganisationId organisation, int generation, CertificateSet certificates)
            implements Change {}

    /// Signed by the owner: root key or a node of its own.
    ///
    /// @param kind what software runs it: por, industrial, fabric, ethereum, …
    record ChainAdded(
            ChainId chain,
            OrganisationId owner,
            String title,
            Name kind,
            Digest genesis,
            Optional<Inbox> inbox)
            implements Change {
        public ChainAdded {
            requireText("a title", title, TITLE_SIZE_MAX);
        }
    }

    /// Signed by the key of the identity certificate it brings.
    record NodeAdded(Bytes certificate, SortedSet<ChainId> chains, SortedSet<NodeRole> roles)
            implements Change {
        public NodeAdded {
            requireNode(certificate, chains);
            chains = Sorted.copyOf(chains);
            roles = Sorted.copyOf(roles);
        }
    }

    /// A new certificate, or other chains and roles, for a known node. Signed by the key of the
    /// certificate it brings.
    ///
    /// @param number how often the node was renewed before, so that an old one cannot be played
    ///   again
    record NodeRenewed(
            Bytes certificate, SortedSet<ChainId> chains, SortedSet<NodeRole> roles, int number)
            implements Change {
        public NodeRenewed {
            requireNode(certificate, chains);
            chains = Sorted.copyOf(chains);
            roles = Sorted.copyOf(roles);
        }
    }

    /// Signed by the node.
    record RequirementFiled(Requirement requirement) implements Change {}

    /// Signed by the node that filed it.
    ///
    /// @param requirement the digest of the change that filed it
    record RequirementWithdrawn(NodeId node, Digest requirement) implements Change {}

    /// Something that takes effect once enough have approved it.
    sealed interface Proposed extends Change {
        /// What approvals sign and by which the proposal is known.
        Digest subject();
    }

    /// A next epoch record, with the files that the record in force does not have yet. Signed by
    /// one party: its root key or a node of its own. Approvals sign the record's own digest.
    ///
    /// @param record the exact bytes of an [EpochRecord]
    /// @param contracts alliance contracts' exact bytes, by their digest
    /// @param nodeContracts node contracts' exact bytes, by their digest
    record RecordProposed(Bytes record, List<Bytes> contracts, List<Bytes> nodeContracts)
            implements Proposed {
        public RecordProposed {
            if (record.size() > EpochRecord.SIZE_BYTES_MAX) {
                throw new IllegalArgumentException("a record of " + record.size() + " bytes");
            }
            contracts = byDigest(contracts, EpochRecord.CONTRACT_COUNT_MAX);
            nodeContracts = byDigest(nodeContracts, EpochRecord.NODE_CONTRACT_COUNT_MAX);
        }

        /// Brings the files into their order.
        public static RecordProposed of(
                EpochRecord record, List<Bytes> contracts, List<Bytes> nodeContracts) {
            return new RecordProposed(
                    EpochRecord.FORMAT.encode(record), sorted(contracts), sorted(nodeContracts));
        }

        @Override
        public Digest subject() {
            return Digest.of(record);
        }

        private static List<Bytes> sorted(List<Bytes> files) {
            return files.stream().sorted((a, b) -> Digest.of(a).compareTo(Digest.of(b))).toList();
        }

        private static List<Bytes> byDigest(List<Bytes> files, int countMax) {
            if (files.size() > countMax) {
                throw new IllegalArgumentException(
                        files.size() + " files where " + countMax + " are allowed");
            }
            for (Bytes file : files) {
                if (file.size() > AllianceContract.SIZE_BYTES_MAX) {
                    throw new IllegalArgumentException("a file of " + file.size() + " bytes");
                }
            }
            Sorted.requireStrictlyAscending(files.stream().map(Digest::of).toList(), "files");
            return List.copyOf(files);
        }
    }

    /// Suspension, resumption, dissolution. Signed by one party: its root key or a node of its own.
    ///
    /// @param record the digest of the epoch record in force
    /// @param number how many acts the alliance has seen, so that an old one cannot be played again
    record ActProposed(AllianceId alliance, Digest record, int number, Act act)
            implements Proposed {
        /// What approvals sign. It is no change: the proposer's signature is over the change and
        /// must not pass for an approval.
        public static final Format<ActProposed> SUBJECT =
                new Format<>(
                        Purpose.ACT,
                        ACT_SIZE_BYTES_MAX,
                        ChangeFormat::writeAct,
                        ChangeFormat::readAct);

        @Override
        public Digest subject() {
            return SUBJECT.digest(this);
        }
    }

    /// One signature under an open proposal. It carries itself: its own approvals are empty.
    record Approved(Digest proposal, Approval approval) implements Change {}

    /// Signed by the CA that issued the certificate or by the organisation's root key.
    ///
    /// @param issuer the digest of that CA's certificate
    record CertificateRevoked(
            OrganisationId organisation, Digest issuer, Bytes serialNumber, RevocationReason reason)
            implements Change {
        public CertificateRevoked {
            CertificateBody.requireSerialNumber(serialNumber);
        }
    }

    /// An auditor asks whose a transaction certificate is. Signed by the auditor's node.
    ///
    /// @param certificate the digest of the transaction certificate
    record OpeningDemanded(
            NodeId auditor, OrganisationId organisation, Digest certificate, String reason)
            implements Change {
        public OpeningDemanded {
            requireText("a reason", reason, REASON_SIZE_MAX);
        }
    }

    /// The organisation has told the auditor. Signed by its root key or its transaction CA.
    ///
    /// @param demand the digest of the change that demanded it
    record CertificateOpened(OrganisationId organisation, Digest certificate, Digest demand)
            implements Change {}

    /// An organisation stops a flow that touches its chain, at once. Signed by its root key or one
    /// of its agents.
    ///
    /// @param number how often this organisation has paused or resumed this flow before
    record FlowPaused(AllianceId alliance, FlowName flow, OrganisationId organisation, int number)
            implements Change {}

    /// It lets the flow run again. Signed by its root key or one of its agents.
    record FlowResumed(AllianceId alliance, FlowName flow, OrganisationId organisation, int number)
            implements Change {}

    default Digest digest() {
        return FORMAT.digest(this);
    }

    private static void requireText(String what, String text, int charactersMax) {
        if (text.length() > charactersMax) {
            throw new IllegalArgumentException(
                    what + " has at most " + charactersMax + " characters, not " + text.length());
        }
    }

    private static void requireNode(Bytes certificate, SortedSet<ChainId> chains) {
        CertificateSet.requireSize(certificate);
        if (chains.size() > NODE_CHAIN_COUNT_MAX) {
            throw new IllegalArgumentException(
                    chains.size() + " chains where " + NODE_CHAIN_COUNT_MAX + " are allowed");
        }
    }
}
