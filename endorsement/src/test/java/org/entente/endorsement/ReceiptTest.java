package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// A receipt is checked with the alliance's epochs and nothing else.
final class ReceiptTest {
    private static final int SIZE_BYTES_MAX = 10 * 1024;
    private final Story story = Story.begun();

    @Test
    void a_settled_exchange_is_proven_by_its_receipt() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        long end = story.settle(serial, Settlement.End.APPLIED, 0).serial();
        ReceiptCheck.Proven proven = check(receipt(serial, Optional.of(end))).orThrow();

        assertThat(proven.entry().outcome()).isEqualTo(Outcome.VALID);
        assertThat(proven.settlement().map(Settlement::end))
                .isEqualTo(Optional.of(Settlement.End.APPLIED));
        assertThat(Receipt.FORMAT.encode(receipt(serial, Optional.of(end))).size())
                .isLessThan(SIZE_BYTES_MAX);
    }

    @Test
    void what_is_not_settled_yet_is_proven_as_sealed() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        assertThat(check(receipt(serial, Optional.empty())).orThrow().settlement()).isEmpty();
    }

    @Test
    void a_rejection_is_proven_like_anything_else() {
        Entry entry =
                story.order(story.draft("one", 1).endorsedBy(List.of(story.alpha())).candidate());
        ReceiptCheck.Proven proven = check(receipt(entry.serial(), Optional.empty())).orThrow();
        assertThat(proven.entry().fault()).isEqualTo(Fault.WEIGHT_TOO_LOW.number());
    }

    @Test
    void every_flipped_bit_is_refused() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        long end = story.settle(serial, Settlement.End.APPLIED, 0).serial();
        byte[] bytes = Receipt.FORMAT.encode(receipt(serial, Optional.of(end))).toArray();
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] ^= (byte) (1 << (index % Byte.SIZE));
            Parsed<ReceiptCheck.Proven> proven =
                    Receipt.FORMAT.decode(Bytes.copyOf(bytes)).then(this::check);
            assertThat(proven.verdict()).as("byte " + index).isInstanceOf(Verdict.Rejected.class);
            bytes[index] ^= (byte) (1 << (index % Byte.SIZE));
        }
    }

    @Test
    void the_end_of_another_exchange_is_refused() {
        long one = story.order(story.draft("one", 1).candidate()).serial();
        long two = story.order(story.draft("two", 1, "8").candidate()).serial();
        long end = story.settle(two, Settlement.End.APPLIED, 0).serial();
        assertThat(fault(check(receipt(one, Optional.of(end))).verdict())).isEqualTo(Fault.UNBOUND);
    }

    @Test
    void a_change_is_no_exchange() {
        assertThat(fault(check(receipt(0, Optional.empty())).verdict())).isEqualTo(Fault.UNBOUND);
    }

    @Test
    void another_alliances_record_0_is_not_taken_for_this_ones() {
        Bytes change = story.log().getFirst().content();
        AllianceId other = new AllianceId(Digest.of(Bytes.EMPTY));
        assertThat(fault(KnownEpochs.founded(other, change).verdict())).isEqualTo(Fault.UNBOUND);
    }

    @Test
    void later_epochs_are_known_one_by_one_each_sealed_by_the_one_before() {
        KnownEpochs founded = founded();
        EntryRecord first = story.amend(new Contracts(story.members()).perHour(7).version(2));
        EntryRecord second = story.amend(new Contracts(story.members()).perHour(8).version(3));
        EpochNotice next = story.notice(first.entry().serial());
        EpochNotice last = story.notice(second.entry().serial());
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        Receipt receipt = receipt(serial, Optional.empty());

        assertThat(fault(founded.with(last, Story.VERIFIER).verdict()))
                .isEqualTo(Fault.EPOCH_UNKNOWN);
        assertThat(fault(new ReceiptCheck(founded, Story.VERIFIER).check(receipt).verdict()))
                .isEqualTo(Fault.EPOCH_UNKNOWN);

        KnownEpochs known =
                founded.with(next, Story.VERIFIER)
                        .then(it -> it.with(last, Story.VERIFIER))
                        .orThrow();
        assertThat(known.with(next, Story.VERIFIER)).isEqualTo(Parsed.of(known));
        assertThat(known.newest()).isEqualTo(story.record());
        assertThat(new ReceiptCheck(known, Story.VERIFIER).check(receipt).orThrow().entry().kind())
                .isEqualTo(EntryKind.EXCHANGE);
    }

    @Test
    void a_record_that_a_minority_sealed_is_not_taken() {
        EntryRecord amended = story.amend(new Contracts(story.members()).perHour(7).version(2));
        long serial = amended.entry().serial();
        EpochNotice weak =
                new EpochNotice(
                        story.sighting(serial, serial + 1, List.of(story.gamma())),
                        amended.content());
        assertThat(fault(founded().with(weak, Story.VERIFIER).verdict()))
                .isEqualTo(Fault.WEIGHT_TOO_LOW);

        story.order(story.draft("one", 1).candidate());
        EpochNotice late =
                new EpochNotice(
                        story.sighting(serial, serial + 2, story.members()), amended.content());
        assertThat(fault(founded().with(late, Story.VERIFIER).verdict())).isEqualTo(Fault.UNBOUND);
    }

    private KnownEpochs founded() {
        return KnownEpochs.founded(story.id(), story.log().getFirst().content()).orThrow();
    }

    private Parsed<ReceiptCheck.Proven> check(Receipt receipt) {
        return new ReceiptCheck(founded(), Story.VERIFIER).check(receipt);
    }

    private Receipt receipt(long serial, Optional<Long> end) {
        EntryRecord record = story.log().get(Math.toIntExact(serial));
        return new Receipt(
                story.sighting(serial),
                record.content(),
                record.evidence(),
                end.map(at ->
                        new Receipt.Ending(
                                story.sighting(at),
                                story.log().get(Math.toIntExact(at)).content())));
    }

    private static Fault fault(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected why) {
            return why.fault();
        }
        throw new AssertionError("it was accepted");
    }
}
