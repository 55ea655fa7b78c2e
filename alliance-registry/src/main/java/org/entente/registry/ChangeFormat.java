package org.entente.registry;

import org.entente.certs.CertificateBody;
import org.entente.protocol.Bytes;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.registry.Change.ActProposed;
import org.entente.registry.Change.Approved;
import org.entente.registry.Change.AuthoritiesRotated;
import org.entente.registry.Change.CertificateOpened;
import org.entente.registry.Change.CertificateRevoked;
import org.entente.registry.Change.ChainAdded;
import org.entente.registry.Change.FlowPaused;
import org.entente.registry.Change.FlowResumed;
import org.entente.registry.Change.NodeAdded;
import org.entente.registry.Change.NodeRenewed;
import org.entente.registry.Change.OpeningDemanded;
import org.entente.registry.Change.OrganisationEnrolled;
import org.entente.registry.Change.RecordProposed;
import org.entente.registry.Change.RequirementFiled;
import org.entente.registry.Change.RequirementWithdrawn;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/// How changes become bytes: the number of the kind, then its fields (docs/formats.md §3).
final class ChangeFormat {
    private static final int TEXT_BYTES_PER_CHARACTER = 3;
    private static final int NODE_ROLE_COUNT_MAX = 4;

    private ChangeFormat() {}

    static void write(Encoder to, Change change) {
        switch (change) {
            case OrganisationEnrolled it -> {
                to.u8(1).organisation(it.organisation()).text(it.title());
                CertificateSet.write(to, it.certificates());
            }
            case AuthoritiesRotated it -> {
                to.u8(2).organisation(it.organisation()).u32(it.generation());
                CertificateSet.write(to, it.certificates());
            }
            case ChainAdded it ->
                    to.u8(3)
                            .chain(it.chain())
                            .organisation(it.owner())
                            .text(it.title())
                            .name(it.kind())
                            .digest(it.genesis())
                            .optional(it.inbox(), Inbox::write);
            case NodeAdded it -> node(to.u8(4), it.certificate(), it.chains(), it.roles());
            case NodeRenewed it -> {
                node(to.u8(5), it.certificate(), it.chains(), it.roles());
                to.u32(it.number());
            }
            case RequirementFiled it -> Requirement.write(to.u8(6), it.requirement());
            case RequirementWithdrawn it -> to.u8(7).node(it.node()).digest(it.requirement());
            case RecordProposed it ->
                    to.u8(8)
                            .bytes(it.record())
                            .list(it.contracts(), Encoder::bytes)
                            .list(it.nodeContracts(), Encoder::bytes);
            case ActProposed it -> writeAct(to.u8(9), it);
            case Approved it -> Approval.write(to.u8(10).digest(it.proposal()), it.approval());
            case CertificateRevoked it ->
                    to.u8(11)
                            .organisation(it.organisation())
                            .digest(it.issuer())
                            .bytes(it.serialNumber())
                            .coded(it.reason());
            case OpeningDemanded it ->
                    to.u8(12)
                            .node(it.auditor())
                            .organisation(it.organisation())
                            .digest(it.certificate())
                            .text(it.reason());
            case CertificateOpened it ->
                    to.u8(13)
                            .organisation(it.organisation())
                            .digest(it.certificate())
                            .digest(it.demand());
            case FlowPaused it -> {
                FlowName.write(to.u8(14).alliance(it.alliance()), it.flow());
                to.organisation(it.organisation()).u32(it.number());
            }
            case FlowResumed it -> {
                FlowName.write(to.u8(15).alliance(it.alliance()), it.flow());
                to.organisation(it.organisation()).u32(it.number());
            }
        }
    }

    static Change read(Decoder from) {
        int kind = from.u8();
        return switch (kind) {
            case 1 ->
                    new OrganisationEnrolled(
                            from.organisation(), title(from), CertificateSet.read(from));
            case 2 ->
                    new AuthoritiesRotated(
                            from.organisation(), from.u32(), CertificateSet.read(from));
            case 3 ->
                    new ChainAdded(
                            from.chain(),
                            from.organisation(),
                            title(from),
                            from.name(),
                            from.digest(),
                            from.optional(Inbox::read));
            case 4 -> new NodeAdded(certificate(from), chains(from), roles(from));
            case 5 -> new NodeRenewed(certificate(from), chains(from), roles(from), from.u32());
            case 6 -> new RequirementFiled(Requirement.read(from));
            case 7 -> new RequirementWithdrawn(from.node(), from.digest());
            case 8 ->
                    new RecordProposed(
                            from.bytes(EpochRecord.SIZE_BYTES_MAX),
                            files(from, EpochRecord.CONTRACT_COUNT_MAX),
                            files(from, EpochRecord.NODE_CONTRACT_COUNT_MAX));
            case 9 -> readAct(from);
            case 10 -> new Approved(from.digest(), Approval.read(from));
            case 11 ->
                    new CertificateRevoked(
                            from.organisation(),
                            from.digest(),
                            from.bytes(CertificateBody.SERIAL_NUMBER_SIZE_BYTES),
                            from.coded(RevocationReason.class));
            case 12 ->
                    new OpeningDemanded(
                            from.node(),
                            from.organisation(),
                            from.digest(),
                            text(from, Change.REASON_SIZE_MAX));
            case 13 -> new CertificateOpened(from.organisation(), from.digest(), from.digest());
            case 14 ->
                    new FlowPaused(
                            from.alliance(), FlowName.read(from), from.organisation(), from.u32());
            case 15 ->
                    new FlowResumed(
                            from.alliance(), FlowName.read(from), from.organisation(), from.u32());
            default -> throw new IllegalArgumentException("no change has the number " + kind);
        };
    }

    private static void node(
            Encoder to, Bytes certificate, SortedSet<?> chains, SortedSet<NodeRole> roles) {
        to.bytes(certificate)
                .list(chains, (encoder, chain) -> encoder.text(chain.toString()))
                .list(roles, Encoder::coded);
    }

    private static Bytes certificate(Decoder from) {
        return from.bytes(CertificateSet.CERTIFICATE_SIZE_BYTES_MAX);
    }

    private static SortedSet<org.entente.protocol.ChainId> chains(Decoder from) {
        return ascending(from, Change.NODE_CHAIN_COUNT_MAX, Decoder::chain, "a node's chains");
    }

    private static SortedSet<NodeRole> roles(Decoder from) {
        return ascending(
                from,
                NODE_ROLE_COUNT_MAX,
                decoder -> decoder.coded(NodeRole.class),
                "a node's roles");
    }

    private static <T extends Comparable<? super T>> SortedSet<T> ascending(
            Decoder from, int countMax, Function<Decoder, T> read, String what) {
        List<T> items = from.list(countMax, read);
        Sorted.requireStrictlyAscending(items, what);
        return Sorted.copyOf(items);
    }

    private static List<Bytes> files(Decoder from, int countMax) {
        return from.list(countMax, decoder -> decoder.bytes(AllianceContract.SIZE_BYTES_MAX));
    }

    private static String title(Decoder from) {
        return text(from, Change.TITLE_SIZE_MAX);
    }

    private static String text(Decoder from, int charactersMax) {
        return from.text(charactersMax * TEXT_BYTES_PER_CHARACTER);
    }

    static void writeAct(Encoder to, ActProposed it) {
        to.alliance(it.alliance()).digest(it.record()).u32(it.number()).coded(it.act());
    }

    static ActProposed readAct(Decoder from) {
        return new ActProposed(from.alliance(), from.digest(), from.u32(), from.coded(Act.class));
    }
}
