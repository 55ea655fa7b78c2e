package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Place;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// What can be made can be encoded and read again; what cannot be read cannot be made.
final class ChangeLimitsTest {
    private final Member alpha = new Member("alpha.example");

    @Test
    void titles_and_reasons_have_the_same_limit_on_both_sides() {
        CertificateSet certificates = RegistryCertificates.set(alpha.generation().authorities());
        endsAt(
                Change.TITLE_SIZE_MAX,
                size ->
                        new Change.OrganisationEnrolled(
                                alpha.id(), "\u4e2d".repeat(size), certificates));
        endsAt(
                Change.TITLE_SIZE_MAX,
                size ->
                        new Change.ChainAdded(
                                alpha.chain(),
                                alpha.id(),
                                "\u4e2d".repeat(size),
                                new Name("por"),
                                Digest.ZERO,
                                Optional.empty()));
        endsAt(
                Change.REASON_SIZE_MAX,
                size ->
                        new Change.OpeningDemanded(
                                alpha.agent(), alpha.id(), Digest.ZERO, "\u4e2d".repeat(size)));
    }

    /// An inbox that can be registered can be written to: the limit of a write is in bytes.
    @Test
    void an_inbox_is_limited_in_bytes() {
        int bytes = Place.INBOX_SIZE_BYTES_MAX;
        endsAt(bytes, size -> inbox("a".repeat(size)));
        endsAt(bytes / 2, size -> inbox("\u00e9".repeat(size)));
    }

    private Change inbox(String address) {
        return new Change.ChainAdded(
                alpha.chain(),
                alpha.id(),
                "Chain",
                new Name("por"),
                Digest.ZERO,
                Optional.of(new Inbox(address, Digest.ZERO)));
    }

    @Test
    void a_nodes_chains_and_certificates_have_the_same_limit_on_both_sides() {
        Bytes certificate = alpha.agentCertificate().der();
        endsAt(
                Change.NODE_CHAIN_COUNT_MAX,
                size -> new Change.NodeAdded(certificate, chains(size), alpha.roles()));
        endsAt(
                Change.NODE_CHAIN_COUNT_MAX,
                size -> new Change.NodeRenewed(certificate, chains(size), alpha.roles(), 0));
        endsAt(
                CertificateSet.CERTIFICATE_SIZE_BYTES_MAX,
                size ->
                        new Change.NodeAdded(
                                Bytes.copyOf(new byte[size]), alpha.chains(), alpha.roles()));
    }

    @Test
    void a_revocation_names_a_serial_number_of_our_form_only() {
        for (String serial :
                new String[] {"", "01", "01" + "00".repeat(15), "41".repeat(15), "41".repeat(17)}) {
            assertThatThrownBy(() -> revoked(Bytes.fromHex(serial)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        roundTrips(revoked(Bytes.fromHex("41".repeat(16))));
    }

    private Change revoked(Bytes serial) {
        return new Change.CertificateRevoked(
                alpha.id(), Digest.ZERO, serial, RevocationReason.UNSPECIFIED);
    }

    private static SortedSet<ChainId> chains(int count) {
        SortedSet<ChainId> chains = new TreeSet<>();
        for (int index = 0; index < count; index++) {
            chains.add(new ChainId("solo:chain-" + index));
        }
        return Sorted.copyOf(chains);
    }

    private static void endsAt(int max, IntFunction<Change> make) {
        roundTrips(make.apply(max));
        assertThatThrownBy(() -> make.apply(max + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void roundTrips(Change change) {
        assertThat(Change.FORMAT.decode(Change.FORMAT.encode(change)).orThrow()).isEqualTo(change);
    }
}
