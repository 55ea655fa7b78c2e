package org.entente.agent.journal;

import org.entente.adapter.Ladder;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Trail;
import org.entente.agent.Footprint;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The final blocks of one chain that were followed, so that it is noticed too when one is replaced
/// while no process of this agent runs, and what was noticed (protocol.md §6.8).
///
/// A block is written now and then: an older final block shows the same. That one was replaced is
/// written at once, since an older one might still be there.
public final class FollowedFile implements Trail, Closeable {
    private static final long COMPACT_SIZE_BYTES = 64 * 1024;
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(1);

    /// Guarded by the instance, as all that follows.
    private final FrameFile file;

    private final Ladder ladder = new Ladder();
    private Optional<Footprint.Broken> broken = Optional.empty();
    private Optional<Point> written;
    private long writtenNanos = System.nanoTime() - WRITTEN_EVERY.toNanos();

    private FollowedFile(Path path, FrameFile.Opened opened) throws JournalUnusable {
        this.file = opened.file();
        for (Bytes frame : opened.frames()) {
            switch (Footprint.FORMAT.decode(frame)) {
                case Parsed.Value<Footprint>(Footprint footprint) -> take(footprint);
                case Parsed.Refused<Footprint>(var why) ->
                        throw new JournalUnusable(path + ": " + why);
            }
        }
        this.written = ladder.top();
    }

    public static FollowedFile open(Path path) throws IOException, JournalUnusable {
        return new FollowedFile(path, FrameFile.open(path));
    }

    private void take(Footprint footprint) {
        switch (footprint) {
            case Footprint.Followed(List<Point> points) -> {
                points.forEach(ladder::climb);
                broken = Optional.empty();
            }
            case Footprint.Broken it -> {
                ladder.climb(it.followed());
                broken = Optional.of(it);
            }
        }
    }

    public synchronized Optional<Point> newest() {
        return ladder.top();
    }

    /// The lowest first.
    public synchronized List<Point> points() {
        return ladder.points();
    }

    /// What was replaced, until the organisation goes on with the chain as it is.
    public synchronized Optional<Footprint.Broken> broken() {
        return broken;
    }

    /// @throws UncheckedIOException when it cannot be written: the process must not go on
    @Override
    public synchronized void followed(Point point) {
        ladder.climb(point);
        long now = System.nanoTime();
        if (broken.isPresent() || now - writtenNanos >= WRITTEN_EVERY.toNanos()) {
            writtenNanos = now;
            write();
        }
    }

    @Override
    public synchronized void broken(Seen.FinalityBroken<?> how) {
        append(new Footprint.Broken(how.followed(), how.found(), how.since()));
        written = ladder.top();
    }

    /// Goes on with what was found in the place of a final block. Nothing else is accepted: whoever
    /// decides says what they have seen.
    public synchronized Verdict accept(Point point) {
        if (broken.isEmpty()) {
            return Verdict.rejected(Fault.NOT_FOUND, "no final block of this chain was replaced");
        }
        if (!broken.get().found().equals(point)) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "what was found is " + broken.get().found() + ", not " + point);
        }
        ladder.cut(broken.get().since());
        ladder.climb(point);
        replace();
        broken = Optional.empty();
        return Verdict.accepted();
    }

    private void write() {
        if (ladder.top().equals(written)) {
            return;
        }
        if (file.size() > COMPACT_SIZE_BYTES) {
            replace();
        } else {
            append(new Footprint.Followed(List.of(ladder.top().orElseThrow())));
        }
        written = ladder.top();
    }

    private void append(Footprint footprint) {
        try {
            file.append(Footprint.FORMAT.encode(footprint));
        } catch (IOException e) {
            throw new UncheckedIOException("a followed block cannot be written", e);
        }
        take(footprint);
    }

    private void replace() {
        try {
            file.replace(Footprint.FORMAT.encode(new Footprint.Followed(ladder.points())));
        } catch (IOException e) {
            throw new UncheckedIOException("the followed blocks cannot be written", e);
        }
    }

    /// Writes what is newest.
    @Override
    public synchronized void close() throws IOException {
        try {
            write();
        } finally {
            file.close();
        }
    }
}
