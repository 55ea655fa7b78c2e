package org.entente.trials.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The bound: the least that group commit can be. One committer, one file of zeros, one write and
/// one force for all that wait; no CRC, no serial, no tree, no recovery.
final class RawGroupCommit {
    private static final int FILE_SIZE_BYTES = 64 << 20;
    private static final int BUFFER_SIZE_BYTES = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE_BYTES);
    private final Thread committer;

    /// Guards `open` and `closed`.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition arrived = lock.newCondition();
    private Round open = new Round(new ArrayList<>(), new CountDownLatch(1));
    private boolean closed;
    private long position;

    private record Round(List<byte[]> records, CountDownLatch forced) {}

    RawGroupCommit(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        while (channel.size() < FILE_SIZE_BYTES) {
            channel.write(buffer.clear(), channel.size());
        }
        channel.force(true);
        committer = Thread.ofPlatform().name("raw-committer").start(this::run);
    }

    void append(byte[] record) throws InterruptedException {
        Round joined;
        lock.lock();
        try {
            joined = open;
            if (joined.records.isEmpty()) {
                arrived.signal();
            }
            joined.records.add(record);
        } finally {
            lock.unlock();
        }
        joined.forced.await();
    }

    void end() throws IOException, InterruptedException {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        committer.join();
        channel.close();
    }

    private void run() {
        try {
            for (Round round = take(); !round.records.isEmpty(); round = take()) {
                buffer.clear();
                round.records.forEach(buffer::put);
                buffer.flip();
                if (position + buffer.limit() > FILE_SIZE_BYTES) {
                    position = 0;
                }
                while (buffer.hasRemaining()) {
                    position += channel.write(buffer, position);
                }
                channel.force(false);
                round.forced.countDown();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bound could not be measured", e);
        }
    }

    private Round take() {
        lock.lock();
        try {
            while (open.records.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            Round taken = open;
            open = new Round(new ArrayList<>(), new CountDownLatch(1));
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
