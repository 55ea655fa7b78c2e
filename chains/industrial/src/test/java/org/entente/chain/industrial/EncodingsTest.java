package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Format;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Whatever is decoded is encoded to the same bytes, and nothing else is decoded.
final class EncodingsTest {
    private static final int CHANGE_COUNT = 150;

    private record Sample<T>(Format<T> format, T value) {
        private void isRead() {
            Bytes bytes = format.encode(value);
            assertThat(format.decode(bytes)).isEqualTo(Parsed.of(value));
            assertThat(format.decode(bytes.concat(Bytes.utf8("x"))))
                    .isInstanceOf(Parsed.Refused.class);
        }

        private void isOneEncoding(Random random) {
            byte[] bytes = format.encode(value).toArray();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Bytes changed = Bytes.copyOf(bytes);
            if (format.decode(changed) instanceof Parsed.Value<T>(T read)) {
                assertThat(format.encode(read)).isEqualTo(changed);
            }
        }
    }

    private static List<Sample<?>> samples() {
        Home home = new Home();
        Ledger.Made one = home.make(home.evidence());
        Body body = new Body(one.header(), one.transactions());
        Ballot propose = Home.ballot(0, Ballot.Phase.PROPOSE, Home.turn(1, 0), one);
        Ballot prepare = Home.ballot(1, Ballot.Phase.PREPARE, Home.turn(1, 0), one);
        Pledge.Held held =
                new Pledge.Held(
                        new Prepared(Home.turn(1, 0), body.digest(), List.of(propose, prepare)),
                        body);
        home.settle(one, 0, 0, 1, 2);
        Self self = Home.self(Home.member(2));
        ViewChange change = ViewChange.by(self, Home.turn(1, 1), Optional.of(held.claim()));
        Heartbeat beat = Heartbeat.by(Home.member(1), Home.CHAIN, 0, Digest.ZERO);
        Words words =
                new Words.Evidence(home.certificate(), List.of(prepare), List.of(beat), List.of());
        return List.of(
                new Sample<>(Settings.FORMAT, Home.SETTINGS),
                new Sample<>(Table.FORMAT, Kept.table(home.tip().state())),
                new Sample<>(Past.FORMAT, Kept.past(home.make(home.evidence()).state())),
                new Sample<>(Words.FORMAT, words),
                new Sample<>(Words.FORMAT, new Words.Readmit(Home.member(1).key())),
                new Sample<>(Pledge.FORMAT, Pledge.begun(Home.turn(1, 1)).prepared(held)),
                new Sample<>(
                        Message.FORMAT,
                        new Message.Propose(
                                propose, body, List.of(change), Optional.of(held.proof()))),
                new Sample<>(Message.FORMAT, new Message.Vote(prepare, Optional.of(propose))),
                new Sample<>(Message.FORMAT, new Message.Change(change, Optional.of(held))),
                new Sample<>(Message.FORMAT, new Message.Beat(beat)),
                new Sample<>(Message.FORMAT, new Message.Have(7)),
                new Sample<>(Message.FORMAT, new Message.Ask(8)),
                new Sample<>(
                        Message.FORMAT, new Message.Blocks(List.of(one.block(home.tip().head())))));
    }

    @Test
    void every_object_is_read_as_it_was_written_and_nothing_may_follow() {
        samples().forEach(Sample::isRead);
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() {
        Random random = new Random(1);
        for (Sample<?> sample : samples()) {
            for (int count = 0; count < CHANGE_COUNT; count++) {
                sample.isOneEncoding(random);
            }
        }
    }
}
