package org.entente.protocol.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Signature;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What can be made can be encoded and read again; what cannot be read cannot be made.
final class ExchangeLimitsTest {
    @Test
    void an_inbox_is_named_by_at_most_128_bytes() {
        WriteSet most = new WriteSet(List.of(write("\u00e9".repeat(64))));
        assertThat(WriteSet.FORMAT.decode(WriteSet.FORMAT.encode(most)).orThrow()).isEqualTo(most);
        assertThatThrownBy(() -> write("\u00e9".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_write_into_a_chains_own_state_cannot_be_made() {
        assertThatThrownBy(() -> write(Place.OWN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_key_in_an_inbox_and_in_the_chains_own_state_is_two_places() {
        Place own = Place.own(new ChainId("solo:a"), Bytes.utf8("key"));
        Read inOwn = new Read(own, new Version.Absent(), Digest.ZERO);
        Read inInbox = new Read(write("inbox").place(), new Version.Absent(), Digest.ZERO);

        assertThat(new ReadSet(List.of(inOwn, inInbox)).reads()).hasSize(2);
        assertThatThrownBy(() -> new ReadSet(List.of(inOwn, inOwn)))
                .hasMessageContaining("without repetition");
    }

    @Test
    void attested_reads_name_at_most_16_chains() {
        AttestedReads most = attested(AttestedReads.CHAIN_COUNT_MAX);
        assertThat(AttestedReads.FORMAT.decode(AttestedReads.FORMAT.encode(most)).orThrow())
                .isEqualTo(most);
        assertThatThrownBy(() -> attested(AttestedReads.CHAIN_COUNT_MAX + 1))
                .hasMessageContaining("chains");
    }

    @Test
    void an_attested_chain_names_at_most_256_versions() {
        assertThat(chain(0, ReadSet.COUNT_MAX).versions()).hasSize(ReadSet.COUNT_MAX);
        assertThatThrownBy(() -> chain(0, ReadSet.COUNT_MAX + 1)).hasMessageContaining("versions");
    }

    @Test
    void evidence_names_at_most_64_endorsers() {
        assertThat(evidence(Evidence.ENDORSER_COUNT_MAX).endorsements())
                .hasSize(Evidence.ENDORSER_COUNT_MAX);
        assertThatThrownBy(() -> evidence(Evidence.ENDORSER_COUNT_MAX + 1))
                .hasMessageContaining("endorsements");
    }

    private static Write write(String inbox) {
        return new Write(
                new Place(new ChainId("solo:a"), inbox, Bytes.utf8("key")), 1, Digest.ZERO);
    }

    private static AttestedReads attested(int count) {
        return new AttestedReads(
                Digest.ZERO, numbers(count).mapToObj(index -> chain(index, 1)).toList());
    }

    private static AttestedChain chain(int number, int versions) {
        return new AttestedChain(
                new ChainId("solo:" + name(number)),
                7,
                Bytes.utf8("hash"),
                numbers(versions)
                        .mapToObj(index ->
                                new KeyVersion(Bytes.utf8(name(index)), new Version.Absent()))
                        .toList());
    }

    private static Evidence evidence(int endorsers) {
        return new Evidence(
                new ReadSet(List.of()),
                new WriteSet(List.of()),
                numbers(endorsers).mapToObj(ExchangeLimitsTest::endorsement).toList(),
                List.of());
    }

    private static Vouch endorsement(int number) {
        return new Vouch(
                new NodeId(new OrganisationId("alpha.example"), new Name(name(number))),
                new BatchPlace(0, 1, List.of()),
                Signature.of(BigInteger.ONE, BigInteger.ONE));
    }

    private static IntStream numbers(int count) {
        return IntStream.range(0, count);
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "n%03d", number);
    }
}
