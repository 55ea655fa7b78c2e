package org.entente.trials.simulation;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// What happened, in order: a hash over all of it, and the newest lines for people.
public final class Trace {
    static final int LINE_COUNT_MAX = 200;

    private final MessageDigest hash = Digest.sha256();
    private final ArrayDeque<String> newest = new ArrayDeque<>();
    private final Agenda agenda;
    private final Instant begin;
    private final Consumer<String> listener;
    private long count;

    public Trace(Agenda agenda, Consumer<String> listener) {
        this.agenda = agenda;
        this.begin = agenda.now();
        this.listener = listener;
    }

    public void line(String who, String what) {
        String line =
                "%9.3f %-8s %s"
                        .formatted(
                                Duration.between(begin, agenda.now()).toMillis() / 1000.0,
                                who,
                                what);
        Bytes.utf8(line).updateInto(hash);
        count++;
        newest.add(line);
        if (newest.size() > LINE_COUNT_MAX) {
            newest.removeFirst();
        }
        listener.accept(line);
    }

    /// Takes bytes into the hash that no line shows.
    public void bytes(Bytes bytes) {
        bytes.updateInto(hash);
    }

    public long count() {
        return count;
    }

    public List<String> newest() {
        return List.copyOf(newest);
    }

    /// Of everything so far; the trace ends with it.
    public String hash() {
        return Digest.of(hash).hex();
    }
}
