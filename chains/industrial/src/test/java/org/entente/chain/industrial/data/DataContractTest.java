package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Receipt;
import org.entente.chain.contract.Answer;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

final class DataContractTest {
    private static final DataId VIDEO = new DataId("88.118.2023/camera-4");
    private static final DataId NOTE = new DataId("note/1");
    private static final DataId PRESSURE = new DataId("press/7/pressure");
    private final DataChain chain = new DataChain();

    private void done(DataDeed deed) {
        Receipt receipt = chain.call(chain.owner, deed);
        assertThat(receipt.status()).as("%s", deed).isEqualTo(Receipt.Status.DONE);
    }

    private Fault refused(Signer by, DataDeed deed) {
        Bytes before = chain.ledger().state().root().bytes();
        Receipt receipt = chain.call(by, deed);
        assertThat(receipt.status()).isEqualTo(Receipt.Status.FAILED);
        assertThat(chain.ledger().state().root().bytes()).isNotEqualTo(before);
        return DataChain.fault(receipt);
    }

    private Fault refused(DataDeed deed) {
        return refused(chain.owner, deed);
    }

    private static DataDeed.Batch batch(long number, long at, Part.Timing timing) {
        Readings readings =
                new Readings(List.of(new Reading(at, 100, 0), new Reading(at + 1, 104, 0)));
        return new DataDeed.Batch(
                PRESSURE,
                number,
                new Part.Batch(
                        timing,
                        readings.summary().orThrow(),
                        new Content.Inline(readings.encoded()),
                        Optional.empty()));
    }

    private static DataDeed.Batch stored(long number, long at) {
        Readings readings = new Readings(List.of(new Reading(at, 100, 0)));
        return new DataDeed.Batch(
                PRESSURE,
                number,
                new Part.Batch(
                        Part.Timing.IN_TURN,
                        readings.summary().orThrow(),
                        DataSamples.stored(),
                        Optional.empty()));
    }

    @Test
    void a_record_of_each_type_is_proved_to_whoever_has_a_header() {
        done(new DataDeed.Register(VIDEO, DataSamples.video()));
        done(new DataDeed.Register(NOTE, DataSamples.text()));
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        for (DataId id : List.of(VIDEO, NOTE, PRESSURE)) {
            DataRecord data = chain.book().newest(id).orThrow();
            assertThat(data.owner()).isEqualTo(chain.owner.key());
            assertThat(data.registered()).isEqualTo(DataChain.BEGIN);
            proves(Places.version(id, 1), DataRecord.FORMAT.encode(data));
        }
        Content.Stored content = DataSamples.stored();
        proves(Places.object(VIDEO, content.root()), Places.number(1));
    }

    private void proves(Bytes key, Bytes value) {
        StateKey place = DataBook.place(key);
        Digest root = chain.ledger().head().header().stateRoot();
        Optional<StateLeaf> leaf =
                chain.ledger().state().prove(place).verify(place, root).orThrow();
        assertThat(leaf.flatMap(StateLeaf::value)).contains(Digest.of(value));
    }

    @Test
    void versions_follow_one_another_by_their_owner_alone() {
        done(new DataDeed.Register(VIDEO, DataSamples.video()));
        DataRecord first = chain.book().newest(VIDEO).orThrow();
        assertThat(refused(new DataDeed.Register(VIDEO, DataSamples.video())))
                .isEqualTo(Fault.ALREADY_EXISTS);
        assertThat(refused(chain.reader, new DataDeed.Append(VIDEO, 2, DataSamples.video())))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(refused(new DataDeed.Append(VIDEO, 3, DataSamples.video())))
                .isEqualTo(Fault.OUTDATED);
        assertThat(refused(new DataDeed.Append(VIDEO, 2, DataSamples.text())))
                .isEqualTo(Fault.INVALID_VALUE);
        done(new DataDeed.Append(VIDEO, 2, DataSamples.video()));
        DataRecord second = chain.book().newest(VIDEO).orThrow();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.previous()).contains(DataRecord.FORMAT.digest(first));
        assertThat(chain.book().version(VIDEO, 1)).contains(first);
        assertThat(refused(new DataDeed.Append(NOTE, 1, DataSamples.text())))
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void arguments_of_another_method_are_refused() {
        Bytes arguments = DataDeed.FORMAT.encode(new DataDeed.Erase(VIDEO, "x"));
        Receipt receipt = chain.call(chain.owner, "register", arguments, DataChain.BEGIN);
        assertThat(DataChain.fault(receipt)).isEqualTo(Fault.INVALID_VALUE);
        Receipt other = chain.call(chain.owner, "rename", arguments, DataChain.BEGIN);
        assertThat(DataChain.fault(other)).isEqualTo(Fault.NOT_FOUND);
        Receipt garbage = chain.call(chain.owner, "register", Bytes.utf8("x"), DataChain.BEGIN);
        assertThat(DataChain.fault(garbage)).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void a_missing_batch_is_named_and_a_declared_gap_is_seen_by_everyone() {
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        done(batch(0, 10, Part.Timing.IN_TURN));
        assertThat(refused(batch(3, 30, Part.Timing.IN_TURN))).isEqualTo(Fault.SERIES_GAP);
        assertThat(refused(batch(0, 30, Part.Timing.IN_TURN))).isEqualTo(Fault.OUTDATED);
        Part.Gap gap = new Part.Gap(2, "the line was down");
        done(new DataDeed.Batch(PRESSURE, 1, gap));
        done(batch(3, 30, Part.Timing.IN_TURN));
        SeriesHead head = chain.book().series(PRESSURE).orElseThrow();
        assertThat(head).isEqualTo(new SeriesHead(4, 2, 4, Optional.of(31L), Optional.empty()));
        assertThat(chain.book().parts(PRESSURE, 0, 10))
                .extracting(DataBook.Numbered::number)
                .containsExactly(0L, 1L, 3L);
        proves(Places.part(PRESSURE, 1), Part.FORMAT.encode(gap));
        proves(Places.series(PRESSURE), SeriesHead.FORMAT.encode(head));
    }

    @Test
    void late_readings_are_a_batch_that_says_so() {
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        done(batch(0, 100, Part.Timing.IN_TURN));
        assertThat(refused(batch(1, 50, Part.Timing.IN_TURN))).isEqualTo(Fault.INVALID_VALUE);
        assertThat(refused(batch(1, 200, Part.Timing.LATE))).isEqualTo(Fault.INVALID_VALUE);
        done(batch(1, 50, Part.Timing.LATE));
        assertThat(chain.book().series(PRESSURE).orElseThrow().to()).contains(101L);
    }

    @Test
    void a_summary_that_is_not_of_its_readings_is_refused() {
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        Readings readings = new Readings(List.of(new Reading(1, 5, 0)));
        Summary right = readings.summary().orThrow();
        Summary wrong = new Summary(1, 1, 1, 5, 5, 6, right.root());
        Part part =
                new Part.Batch(
                        Part.Timing.IN_TURN,
                        wrong,
                        new Content.Inline(readings.encoded()),
                        Optional.empty());
        assertThat(refused(new DataDeed.Batch(PRESSURE, 0, part))).isEqualTo(Fault.INVALID_VALUE);
        done(new DataDeed.Register(NOTE, DataSamples.text()));
        assertThat(refused(new DataDeed.Batch(NOTE, 0, part))).isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void who_is_granted_may_read_for_that_purpose_until_then() {
        done(new DataDeed.Register(VIDEO, DataSamples.video()));
        var reader = chain.reader.key();
        var until = DataChain.BEGIN.plusSeconds(60);
        DataDeed.Allow allow = new DataDeed.Allow(VIDEO, reader, "audit", until);
        assertThat(refused(chain.reader, allow)).isEqualTo(Fault.NOT_YOURS);
        assertThat(refused(new DataDeed.Allow(VIDEO, reader, "audit", DataChain.BEGIN)))
                .isEqualTo(Fault.REQUEST_EXPIRED);
        assertThat(chain.book().readable(VIDEO, reader, "audit", DataChain.BEGIN).isAccepted())
                .isFalse();
        done(allow);
        assertThat(chain.book().readable(VIDEO, reader, "audit", DataChain.BEGIN).isAccepted())
                .isTrue();
        assertThat(chain.book().readable(VIDEO, reader, "sale", DataChain.BEGIN).isAccepted())
                .isFalse();
        assertThat(chain.book().readable(VIDEO, reader, "audit", until).isAccepted()).isFalse();
        done(new DataDeed.Revoke(VIDEO, reader, "audit"));
        assertThat(chain.book().readable(VIDEO, reader, "audit", DataChain.BEGIN).isAccepted())
                .isFalse();
        assertThat(refused(new DataDeed.Revoke(VIDEO, reader, "audit"))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void what_is_erased_keeps_its_hashes_and_its_reason_and_is_readable_to_nobody() {
        done(new DataDeed.Register(VIDEO, DataSamples.video()));
        DataDeed.Erase erase = new DataDeed.Erase(VIDEO, "contract ended");
        assertThat(refused(chain.reader, erase)).isEqualTo(Fault.NOT_YOURS);
        Receipt receipt = chain.call(chain.owner, erase);
        Answer answer = Answer.FORMAT.decode(receipt.result()).orThrow();
        assertThat(answer.events().getFirst().data().asUtf8()).isEqualTo(VIDEO.text());
        DataHead head = chain.book().head(VIDEO).orElseThrow();
        assertThat(head.erasure())
                .contains(
                        new DataHead.Erasure("contract ended", chain.owner.key(), DataChain.BEGIN));
        assertThat(chain.book().newest(VIDEO).orThrow().description())
                .isEqualTo(DataSamples.video());
        assertThat(
                        chain.book()
                                .readable(VIDEO, chain.owner.key(), "", DataChain.BEGIN)
                                .isAccepted())
                .isFalse();
        assertThat(chain.book().standing(VIDEO, DataSamples.stored().root()))
                .isEqualTo(DataBook.Standing.ERASED);
        assertThat(refused(erase)).isEqualTo(Fault.DATA_ERASED);
        assertThat(refused(new DataDeed.Append(VIDEO, 2, DataSamples.video())))
                .isEqualTo(Fault.DATA_ERASED);
    }

    @Test
    void what_stands_in_blocks_is_not_said_to_be_erased() {
        done(new DataDeed.Register(NOTE, DataSamples.text()));
        assertThat(refused(new DataDeed.Erase(NOTE, "x"))).isEqualTo(Fault.INVALID_VALUE);
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        done(stored(0, 10));
        done(batch(1, 20, Part.Timing.IN_TURN));
        assertThat(refused(new DataDeed.Erase(PRESSURE, "x"))).isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void a_series_whose_batches_are_stored_can_be_erased() {
        done(new DataDeed.Register(PRESSURE, DataSamples.series()));
        done(stored(0, 10));
        assertThat(chain.book().standing(PRESSURE, DataSamples.stored().root()))
                .isEqualTo(DataBook.Standing.REGISTERED);
        done(new DataDeed.Erase(PRESSURE, "x"));
        assertThat(refused(stored(1, 20))).isEqualTo(Fault.DATA_ERASED);
    }
}
