package org.entente.agent;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.BatchPlace;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.merkle.BatchTree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// What was decided and is not said yet. With the end of a drain its decisions go to the journal
/// together; once that is durable its words are signed, as many as possible under one signature,
/// and said. So nothing leaves that a crash could make the agent forget (protocol.md §6.4).
///
/// While the clock is behind the recorded time everything waits (protocol.md §6.6).
final class Outbox {
    /// More than this and the agent takes in nothing new.
    static final int COUNT_MAX = 16_384;

    /// What a batch of words is for.
    enum Kind {
        ENDORSEMENT,
        ATTEST,
        OBSERVE;

        private Format<BatchRoot> format() {
            return switch (this) {
                case ENDORSEMENT -> BatchRoot.ENDORSEMENT;
                case ATTEST -> BatchRoot.ATTEST;
                case OBSERVE -> BatchRoot.OBSERVE;
            };
        }
    }

    /// One digest that is vouched for.
    private record Word(Kind kind, Digest leaf, Function<Vouch, ToRelay> message) {}

    /// What waits for the same journal.
    private static final class Load {
        private final List<Runnable> acts = new ArrayList<>();
        private final List<Word> words = new ArrayList<>();
    }

    private final Bench bench;
    private final TreeMap<Long, Load> journaling = new TreeMap<>();
    private List<Decision> decisions = new ArrayList<>();
    private Load next = new Load();
    private long journals;
    private int count;

    Outbox(Bench bench) {
        this.bench = bench;
    }

    boolean isFull() {
        return count >= COUNT_MAX;
    }

    /// Remembers a decision; it counts at once and is durable before anything that is said later.
    void decide(Decision decision) {
        if (bench.isStopped()) {
            return;
        }
        bench.memory().take(decision);
        decisions.add(decision);
    }

    /// Does something once everything that was decided until now is durable.
    void then(Runnable act) {
        if (!bench.isStopped()) {
            next.acts.add(act);
            count++;
        }
    }

    /// Vouches for a digest once everything that was decided until now is durable.
    void vouch(Kind kind, Digest leaf, Function<Vouch, ToRelay> message) {
        if (!bench.isStopped()) {
            next.words.add(new Word(kind, leaf, message));
            count++;
        }
    }

    /// The end of a drain.
    void drained() {
        boolean nothing = decisions.isEmpty() && next.acts.isEmpty() && next.words.isEmpty();
        if (nothing || bench.isStopped() || isTooEarly()) {
            return;
        }
        if (!decisions.isEmpty()) {
            Decision time = new Decision.Time(bench.now());
            bench.memory().take(time);
            decisions.addFirst(time);
            bench.effect(new Effect.Journal(++journals, decisions));
            decisions = new ArrayList<>();
            journaling.put(journals, next);
            next = new Load();
        } else if (journaling.isEmpty()) {
            Load load = next;
            next = new Load();
            perform(load);
        } else {
            Load last = journaling.lastEntry().getValue();
            last.acts.addAll(next.acts);
            last.words.addAll(next.words);
            next = new Load();
        }
    }

    /// Before the log is followed nobody knows the epoch that a word belongs to: a journal may
    /// remember more than is followed yet after a restart.
    private boolean isTooEarly() {
        return bench.notary().alliance().isEmpty() || bench.now().isBefore(bench.memory().time());
    }

    void journaled(long upTo) {
        while (!journaling.isEmpty() && journaling.firstKey() <= upTo) {
            perform(journaling.pollFirstEntry().getValue());
        }
    }

    private void perform(Load load) {
        count -= load.acts.size() + load.words.size();
        if (bench.isStopped()) {
            return;
        }
        load.acts.forEach(Runnable::run);
        for (Kind kind : Kind.values()) {
            List<Word> words =
                    load.words.stream()
                            .filter(word -> word.kind == kind)
                            .sorted(Comparator.comparing(Word::leaf))
                            .toList();
            for (int from = 0; from < words.size(); from += BatchTree.LEAF_COUNT_MAX) {
                sign(
                        kind,
                        words.subList(
                                from, Math.min(words.size(), from + BatchTree.LEAF_COUNT_MAX)));
            }
        }
    }

    private void sign(Kind kind, List<Word> words) {
        BatchTree tree = BatchTree.of(words.stream().map(Word::leaf).toList());
        long epoch = bench.notary().alliance().orElseThrow().charter().record().epoch();
        BatchRoot root =
                new BatchRoot(
                        bench.alliance(), epoch, bench.self().node(), words.size(), tree.root());
        var signature = bench.self().signer().sign(kind.format().digest(root));
        for (int index = 0; index < words.size(); index++) {
            BatchPlace place = new BatchPlace(index, words.size(), tree.proof(index).path());
            Vouch vouch = new Vouch(bench.self().node(), place, signature);
            bench.say(words.get(index).message.apply(vouch));
        }
    }
}
