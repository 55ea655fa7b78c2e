package org.entente.agent.journal;

import org.entente.agent.Received;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What was applied at the inboxes of this organisation, in the order in which it was learned, with
/// the values beside it, each in a file under its digest. A cursor is a place in that order. It can
/// be deleted: the logs give it again, the values as long as the relay keeps them.
public final class ReceivedFile implements Closeable {
    private final Path values;

    /// Guarded by the instance, as the two below.
    private final FrameFile file;

    private final List<Received> all = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    private ReceivedFile(Path values, FrameFile file) {
        this.values = values;
        this.file = file;
    }

    public static ReceivedFile open(Path directory) throws IOException, JournalUnusable {
        Path values = directory.resolve("values");
        Files.createDirectories(values);
        FrameFile.Opened opened = FrameFile.open(directory.resolve("index"));
        ReceivedFile received = new ReceivedFile(values, opened.file());
        for (Bytes frame : opened.frames()) {
            switch (Received.FORMAT.decode(frame)) {
                case Parsed.Value<Received>(Received one) -> received.learn(one);
                case Parsed.Refused<Received>(var why) ->
                        throw new JournalUnusable(directory + ": " + why);
            }
        }
        return received;
    }

    private void learn(Received one) {
        all.add(one);
        known.add(name(one));
    }

    private static String name(Received one) {
        return one.alliance() + " " + one.settled();
    }

    public synchronized boolean has(Received one) {
        return known.contains(name(one));
    }

    public void value(Bytes value) throws IOException {
        Path path = path(Digest.of(value));
        if (!Files.exists(path)) {
            Directories.write(path, value);
        }
    }

    public Optional<Bytes> value(Digest digest) throws IOException {
        Path path = path(digest);
        return Files.exists(path)
                ? Optional.of(Bytes.copyOf(Files.readAllBytes(path)))
                : Optional.empty();
    }

    private Path path(Digest digest) {
        return values.resolve(digest.hex());
    }

    /// After its values.
    public synchronized void append(Received one) throws IOException {
        if (!has(one)) {
            file.append(Received.FORMAT.encode(one));
            learn(one);
            notifyAll();
        }
    }

    /// @param after the cursor of the last that is known: so many came before
    public synchronized List<Received> after(long after, int limit) {
        int from = (int) Math.min(Math.max(0, after), all.size());
        return List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
    }

    /// Waits until there are more, or for so long.
    public synchronized void await(long after, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (all.size() <= after && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
