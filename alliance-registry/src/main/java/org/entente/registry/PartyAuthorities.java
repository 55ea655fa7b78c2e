package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// One party's CAs as an epoch record lists them. The keys stand beside the certificates' digests,
/// so that the alliance's log is checked without a certificate store.
public record PartyAuthorities(
        OrganisationId organisation, Authority root, Authority enrolment, Authority transaction)
        implements Comparable<PartyAuthorities> {

    /// A CA: its key and the digest of its certificate.
    public record Authority(VerifyingKey key, Digest certificate) {
        static void write(Encoder encoder, Authority authority) {
            encoder.key(authority.key).digest(authority.certificate);
        }

        static Authority read(Decoder decoder) {
            return new Authority(decoder.key(), decoder.digest());
        }
    }

    List<Authority> all() {
        return List.of(root, enrolment, transaction);
    }

    boolean contains(Digest certificate) {
        return all().stream().anyMatch(ca -> ca.certificate().equals(certificate));
    }

    static void write(Encoder encoder, PartyAuthorities authorities) {
        encoder.organisation(authorities.organisation);
        Authority.write(encoder, authorities.root);
        Authority.write(encoder, authorities.enrolment);
        Authority.write(encoder, authorities.transaction);
    }

    static PartyAuthorities read(Decoder decoder) {
        return new PartyAuthorities(
                decoder.organisation(),
                Authority.read(decoder),
                Authority.read(decoder),
                Authority.read(decoder));
    }

    /// By organisation alone: each is listed once.
    @Override
    public int compareTo(PartyAuthorities other) {
        return organisation.compareTo(other.organisation);
    }
}
