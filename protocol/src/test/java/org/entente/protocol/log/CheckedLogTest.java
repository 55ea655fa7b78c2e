package org.entente.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class CheckedLogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:30:15Z");

    private final CheckedLog two = with(with(CheckedLog.EMPTY, "a", NOW), "b", NOW);

    @Test
    void a_log_that_is_the_same_or_has_grown_is_taken() {
        assertThat(two.check(2, two.frontier().root()).isAccepted()).isTrue();
        assertThat(two.check(3, Digest.ZERO).isAccepted()).isTrue();
        assertThat(with(two, "c", NOW).size()).isEqualTo(3);
    }

    @Test
    void a_shorter_log_and_one_with_another_root_are_refused() {
        refused(two.check(1, with(CheckedLog.EMPTY, "a", NOW).frontier().root()), "has shrunk");
        refused(two.check(2, Digest.ZERO), "has the root");
    }

    @Test
    void an_entry_of_another_place_or_content_is_refused() {
        for (Entry other : List.of(entry(1, "c", NOW), entry(3, "c", NOW), entry(2, "d", NOW))) {
            Bytes received = Entry.FORMAT.encode(other);
            refused(two.next(received, entry(2, "c", NOW)).verdict(), "does not fit");
        }
        Entry earlier = entry(1, "c", NOW);
        refused(two.next(Entry.FORMAT.encode(earlier), earlier).verdict(), "does not fit");
    }

    @Test
    void a_time_that_goes_back_is_refused() {
        Entry late = entry(2, "c", NOW.minusMillis(1));
        refused(two.next(Entry.FORMAT.encode(late), late).verdict(), "goes back in time");
    }

    @Test
    void frames_come_back_whole_and_torn_ones_only_where_the_end_was_left_out() {
        Bytes whole = Bytes.fromHex("00000001aa" + "00000000" + "00000002bbcc");
        Frame frame = new Frame(Bytes.fromHex("aa"), Bytes.EMPTY, Bytes.fromHex("bbcc"));
        assertThat(Frame.all(whole, Frame.End.WHOLE)).isEqualTo(Parsed.of(List.of(frame)));
        Bytes torn = whole.concat(whole.slice(0, 3));
        assertThat(Frame.all(torn, Frame.End.CUT)).isEqualTo(Parsed.of(List.of(frame)));
        assertThat(Frame.all(torn, Frame.End.WHOLE).verdict().isAccepted()).isFalse();
    }

    private static CheckedLog with(CheckedLog log, String content, Instant time) {
        Entry entry = entry(log.size(), content, time);
        return log.next(Entry.FORMAT.encode(entry), entry).orThrow();
    }

    private static Entry entry(long serial, String content, Instant time) {
        Digest digest = Digest.of(Bytes.utf8(content));
        return new Entry(serial, EntryKind.CHANGE, digest, digest, Outcome.VALID, 0, time);
    }

    private static void refused(Verdict verdict, String why) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> {
                            assertThat(rejected.fault()).isEqualTo(Fault.BAD_PROOF);
                            assertThat(rejected.detail()).contains(why);
                        });
    }
}
