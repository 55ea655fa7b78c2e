package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// In which capacity somebody signs a change. The order, kind first, is the order in approvals.
public sealed interface Approver extends Comparable<Approver> {
    /// With the key of the organisation's root certificate.
    record Root(OrganisationId organisation) implements Approver {}

    /// With the key of the CA certificate that has this digest, about what that CA issued.
    record Issuer(OrganisationId organisation, Digest certificate) implements Approver {}

    /// With the key of the node's identity certificate.
    record Node(NodeId node) implements Approver {
        @Override
        public OrganisationId organisation() {
            return node.organisation();
        }
    }

    /// With the organisation's offline recovery key.
    record Recovering(OrganisationId organisation) implements Approver {}

    OrganisationId organisation();

    /// What it is called in a sentence.
    default String words() {
        return switch (this) {
            case Root(OrganisationId organisation) -> "the root key of " + organisation;
            case Issuer(OrganisationId organisation, Digest certificate) ->
                    "the CA " + certificate + " of " + organisation;
            case Node(NodeId node) -> node.uri();
            case Recovering(OrganisationId organisation) -> "the recovery key of " + organisation;
        };
    }

    private int kind() {
        return switch (this) {
            case Root _ -> 1;
            case Issuer _ -> 2;
            case Node _ -> 3;
            case Recovering _ -> 4;
        };
    }

    private String rest() {
        return switch (this) {
            case Root _, Recovering _ -> "";
            case Issuer issuer -> issuer.certificate.hex();
            case Node node -> node.node.name().text();
        };
    }

    @Override
    default int compareTo(Approver other) {
        int byKind = Integer.compare(kind(), other.kind());
        if (byKind != 0) {
            return byKind;
        }
        int byOrganisation = organisation().compareTo(other.organisation());
        return byOrganisation != 0 ? byOrganisation : rest().compareTo(other.rest());
    }

    static void write(Encoder encoder, Approver approver) {
        encoder.u8(approver.kind()).organisation(approver.organisation());
        switch (approver) {
            case Root _, Recovering _ -> {}
            case Issuer issuer -> encoder.digest(issuer.certificate);
            case Node node -> encoder.name(node.node.name());
        }
    }

    static Approver read(Decoder decoder) {
        int kind = decoder.u8();
        OrganisationId organisation = decoder.organisation();
        return switch (kind) {
            case 1 -> new Root(organisation);
            case 2 -> new Issuer(organisation, decoder.digest());
            case 3 -> new Node(new NodeId(organisation, decoder.name()));
            case 4 -> new Recovering(organisation);
            default -> throw new IllegalArgumentException("no kind of signer " + kind);
        };
    }
}
