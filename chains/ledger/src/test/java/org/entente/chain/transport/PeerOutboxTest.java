package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PeerOutboxTest {
    private final Tally tally = new Tally();
    private final Outbox outbox =
            new Outbox(new PeerLimits(1, 0, 4, Peer.MESSAGE_SIZE_BYTES_MAX + 100, 1, 1), tally);

    @Test
    void what_is_needed_pushes_out_the_oldest_gossip_and_the_rest_keeps_its_order()
            throws InterruptedException {
        put("gossip 1", Urgency.DROPPABLE);
        put("needed 1", Urgency.NEEDED);
        put("gossip 2", Urgency.DROPPABLE);
        put("needed 2", Urgency.NEEDED);
        assertThat(put("gossip 3", Urgency.DROPPABLE)).isEqualTo(Outbox.Taken.LEFT_OUT);
        assertThat(put("needed 3", Urgency.NEEDED)).isEqualTo(Outbox.Taken.WAITING);
        assertThat(texts()).containsExactly("needed 1", "gossip 2", "needed 2", "needed 3");
        assertThat(tally.dropped.sum()).isEqualTo(2);
    }

    @Test
    void where_everything_is_needed_there_is_no_room() {
        for (int number = 0; number < 4; number++) {
            assertThat(put("needed", Urgency.NEEDED)).isEqualTo(Outbox.Taken.WAITING);
        }
        assertThat(put("needed", Urgency.NEEDED)).isEqualTo(Outbox.Taken.NO_ROOM);
        assertThat(tally.dropped.sum()).isZero();
    }

    @Test
    void bytes_are_bounded_like_messages() throws InterruptedException {
        outbox.put(Bytes.copyOf(new byte[Peer.MESSAGE_SIZE_BYTES_MAX]), Urgency.NEEDED);
        Bytes more = Bytes.copyOf(new byte[101]);
        assertThat(outbox.put(more, Urgency.DROPPABLE)).isEqualTo(Outbox.Taken.LEFT_OUT);
        assertThat(outbox.put(more, Urgency.NEEDED)).isEqualTo(Outbox.Taken.NO_ROOM);
        assertThat(outbox.take().orElseThrow().payload().size())
                .isEqualTo(Peer.MESSAGE_SIZE_BYTES_MAX);
        assertThat(outbox.put(more, Urgency.NEEDED)).isEqualTo(Outbox.Taken.WAITING);
    }

    @Test
    void however_often_it_is_asked_one_sign_of_life_waits() throws InterruptedException {
        put("message", Urgency.NEEDED);
        for (int number = 0; number < 1_000; number++) {
            outbox.pong();
            outbox.ping();
        }
        assertThat(outbox.take()).contains(Frame.PONG);
        assertThat(outbox.take()).contains(Frame.PING);
        assertThat(texts()).containsExactly("message");
    }

    @Test
    void the_farewell_is_the_last_frame_and_says_the_first_reason() throws InterruptedException {
        put("message", Urgency.NEEDED);
        outbox.bye("first");
        outbox.bye("second");
        assertThat(put("late", Urgency.NEEDED)).isEqualTo(Outbox.Taken.ENDED);
        assertThat(outbox.take()).contains(Frame.bye("first"));
        assertThat(outbox.take()).isEmpty();
        outbox.ping();
        assertThat(outbox.take()).isEmpty();
    }

    private Outbox.Taken put(String text, Urgency urgency) {
        return outbox.put(Bytes.utf8(text), urgency);
    }

    private List<String> texts() throws InterruptedException {
        List<String> texts = new ArrayList<>();
        while (!outbox.isEmpty()) {
            texts.add(outbox.take().orElseThrow().payload().asUtf8());
        }
        return texts;
    }
}
