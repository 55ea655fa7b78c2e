package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;

class FrameReaderTest {
    @Test
    void memory_is_taken_as_bytes_arrive_and_not_as_a_head_announces_them() {
        byte[] start =
                ByteBuffer.allocate(Frame.HEAD_SIZE_BYTES + 1_000)
                        .putInt(Peer.MESSAGE_SIZE_BYTES_MAX)
                        .put((byte) Frame.Type.MESSAGE.code())
                        .array();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(start));
        long before = allocated();
        assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        assertThat(allocated() - before).isLessThan(Peer.MESSAGE_SIZE_BYTES_MAX / 8);
    }

    @Test
    void a_frame_is_read_in_whatever_pieces_it_comes() throws IOException {
        Random random = new Random(11);
        for (int size : new int[] {0, 1, 16 * 1024, 16 * 1024 + 1, 100_000}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Frame frame = new Frame(Frame.Type.MESSAGE, Bytes.copyOf(content));
            assertThat(new FrameReader(inPieces(frame.written(), random)).next()).isEqualTo(frame);
        }
    }

    @Test
    void a_reason_is_cut_at_a_whole_character() {
        Bytes cut = Frame.bye("€".repeat(100)).payload();
        assertThat(cut.asUtf8()).isEqualTo("€".repeat(66));
        assertThat(cut.size()).isLessThanOrEqualTo(200);
    }

    private static InputStream inPieces(byte[] content, Random random) {
        return new ByteArrayInputStream(content) {
            @Override
            public int read(byte[] target, int at, int count) {
                return super.read(target, at, Math.min(count, 1 + random.nextInt(5_000)));
            }
        };
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
