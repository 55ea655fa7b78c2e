package org.entente.relay.log;

import java.util.Arrays;
import java.util.List;

/// In which segment and where in it each record stands, 4 bytes for each.
///
/// One thread appends. Others may read what belongs to a size that was published to them through a
/// volatile after it was appended.
final class Places {
    private static final int CHUNK_COUNT = 1 << 14;

    private volatile Segment[] segments = new Segment[0];
    private volatile int[][] chunks = new int[0][];
    private long size;

    void begin(Segment segment) {
        Segment[] more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = segment;
        segments = more;
    }

    void append(long offset) {
        int at = (int) (size % CHUNK_COUNT);
        if (at == 0) {
            int[][] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[chunks.length] = new int[CHUNK_COUNT];
            chunks = more;
        }
        chunks[chunks.length - 1][at] = Math.toIntExact(offset);
        size++;
    }

    long offset(long serial) {
        return chunks[Math.toIntExact(serial / CHUNK_COUNT)][(int) (serial % CHUNK_COUNT)];
    }

    Segment segment(long serial) {
        Segment[] all = segments;
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].header().firstSerial() <= serial) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return all[low];
    }

    List<Segment> segments() {
        return List.of(segments);
    }
}
