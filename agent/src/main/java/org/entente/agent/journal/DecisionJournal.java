package org.entente.agent.journal;

import org.entente.agent.Decision;
import org.entente.agent.Memory;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The decisions of one seat. Those of one drain are one frame: after a crash all of them are there
/// or none. Used by one thread at a time.
public final class DecisionJournal implements Closeable {
    /// Above this size it is looked whether a shorter file would say the same.
    private static final long COMPACT_SIZE_BYTES = 16L * 1024 * 1024;

    private static final int BATCH_SIZE_BYTES_MAX = FrameFile.FRAME_SIZE_BYTES_MAX / 2;

    private final FrameFile file;
    private final Memory memory;
    private long compactAt;

    private DecisionJournal(FrameFile file, Memory memory) {
        this.file = file;
        this.memory = memory;
        this.compactAt = Math.max(COMPACT_SIZE_BYTES, 2 * file.size());
    }

    public static DecisionJournal open(Path path) throws IOException, JournalUnusable {
        FrameFile.Opened opened = FrameFile.open(path);
        List<Decision> decisions = new ArrayList<>();
        for (Bytes frame : opened.frames()) {
            decisions.addAll(decisions(path, frame));
        }
        return new DecisionJournal(opened.file(), Memory.of(decisions));
    }

    /// What it held when it was opened; its seat goes on with it.
    public Memory memory() {
        return memory;
    }

    /// Durable when it returns.
    public void append(List<Decision> decisions) throws IOException {
        List<Bytes> batch = new ArrayList<>();
        long size = 0;
        for (Decision decision : decisions) {
            Bytes bytes = Decision.FORMAT.encode(decision);
            if (size + bytes.size() > BATCH_SIZE_BYTES_MAX && !batch.isEmpty()) {
                file.append(joined(batch));
                batch.clear();
                size = 0;
            }
            batch.add(bytes);
            size += bytes.size();
        }
        if (!batch.isEmpty()) {
            file.append(joined(batch));
        }
        compact();
    }

    private void compact() throws IOException {
        if (file.size() < compactAt) {
            return;
        }
        List<Bytes> all = memory.decisions().stream().map(Decision.FORMAT::encode).toList();
        long size = all.stream().mapToLong(Bytes::size).sum();
        if (size < file.size() / 2 && size < BATCH_SIZE_BYTES_MAX) {
            file.replace(joined(all));
        }
        compactAt = Math.max(COMPACT_SIZE_BYTES, 2 * file.size());
    }

    private static Bytes joined(List<Bytes> parts) {
        int size = parts.stream().mapToInt(part -> Integer.BYTES + part.size()).sum();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (Bytes part : parts) {
            buffer.putInt(part.size()).put(part.asBuffer());
        }
        return Bytes.copyOf(buffer.array());
    }

    private static List<Decision> decisions(Path path, Bytes frame) throws JournalUnusable {
        List<Decision> decisions = new ArrayList<>();
        int at = 0;
        while (at + Integer.BYTES <= frame.size()) {
            int size = frame.slice(at, at + Integer.BYTES).asBuffer().getInt();
            int from = at + Integer.BYTES;
            if (size < 1 || size > frame.size() - from) {
                throw new JournalUnusable(path + " has a frame that ends within a decision");
            }
            switch (Decision.FORMAT.decode(frame.slice(from, from + size))) {
                case Parsed.Value<Decision>(Decision decision) -> decisions.add(decision);
                case Parsed.Refused<Decision>(var why) ->
                        throw new JournalUnusable(path + ": " + why);
            }
            at = from + size;
        }
        return decisions;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
