package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Receipt;
import org.entente.chain.contract.Received;
import org.entente.chain.contract.Store;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;
import java.util.TreeMap;

/// What an alliance delivers is a document of the store (docs/chains/industrial-data.md §4.1).
final class FilingTest {
    private static final String INBOX = "data.orders";
    private static final AllianceId ALLIANCE = AllianceId.fromHex("a1".repeat(32));
    private static final Digest EXCHANGE = Digest.of(Bytes.utf8("an exchange"));

    private final DataContract contract = new DataContract(DataChain.CHAIN, DataChain.VERIFIER);
    private final DataChain chain = new DataChain();
    private final Draft state = new Draft(chain.ledger().state());

    private Verdict deliver(long serial, Bytes key, Bytes value) {
        TreeMap<Bytes, Bytes> values = new TreeMap<>();
        values.put(key, value);
        Store store = new Store(contract, state, new Position(9, (int) serial));
        Received received =
                new Received(
                        INBOX,
                        chain.owner.key(),
                        ALLIANCE,
                        serial,
                        EXCHANGE,
                        Sorted.copyOf(values));
        return contract.receive(received, DataChain.BEGIN, store).and(store::verdict);
    }

    private Optional<DataRecord> version(String id, int version) {
        return new DataBook(state).version(new DataId(id), version);
    }

    @Test
    void a_value_becomes_a_document_and_the_next_its_next_version() {
        Bytes first = Bytes.utf8("{\"activity\": 1}");
        assertThat(deliver(7, Bytes.utf8("activity/1"), first).isAccepted()).isTrue();
        DataRecord one = version("data.orders/activity/1", 1).orElseThrow();
        assertThat(one.owner()).isEqualTo(chain.owner.key());
        assertThat(one.registered()).isEqualTo(DataChain.BEGIN);
        assertThat(one.description().content()).isEqualTo(new Content.Inline(first));
        assertThat(one.description().attributes())
                .containsEntry("alliance", ALLIANCE.toString())
                .containsEntry("exchange", EXCHANGE.hex())
                .containsEntry("serial", "7");

        Bytes second = Bytes.utf8("{\"activity\": 2}");
        assertThat(deliver(8, Bytes.utf8("activity/1"), second).isAccepted()).isTrue();
        DataRecord two = version("data.orders/activity/1", 2).orElseThrow();
        assertThat(two.description().content()).isEqualTo(new Content.Inline(second));
        assertThat(two.previous()).contains(Digest.of(DataRecord.FORMAT.encode(one)));
        assertThat(new DataBook(state).newest(two.id()).orThrow()).isEqualTo(two);
    }

    @ParameterizedTest
    @CsvSource({
        "activity 1, 7b7d, INVALID_VALUE",
        "activity/1, '', INVALID_VALUE",
        "activity/1, c328, INVALID_VALUE",
    })
    void what_is_no_document_is_refused(String key, String hex, Fault fault) {
        assertRefused(deliver(7, Bytes.utf8(key), Bytes.fromHex(hex)), fault);
        assertThat(state.written()).isEmpty();
    }

    @Test
    void a_document_of_the_largest_size_is_kept_and_a_larger_one_is_refused() {
        Bytes most = Bytes.utf8("m".repeat(Content.INLINE_SIZE_BYTES_MAX));
        assertThat(deliver(7, Bytes.utf8("a"), most).isAccepted()).isTrue();
        assertRefused(deliver(8, Bytes.utf8("b"), most.concat(Bytes.utf8("m"))), Fault.TOO_LARGE);
        assertThat(version("data.orders/b", 1)).isEmpty();
    }

    @Test
    void no_account_registers_where_an_alliance_does() {
        assertThat(DataChain.fault(registered("data.orders/activity/1")))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(DataChain.fault(registered("data/activity/1"))).isEqualTo(Fault.NOT_YOURS);
        assertThat(registered("database/1").fault()).isZero();
    }

    private Receipt registered(String id) {
        return chain.call(chain.owner, new DataDeed.Register(new DataId(id), DataSamples.text()));
    }

    private static void assertRefused(Verdict verdict, Fault fault) {
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        if (verdict instanceof Verdict.Rejected(Fault found, String _)) {
            assertThat(found).isEqualTo(fault);
        }
    }
}
