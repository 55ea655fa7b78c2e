package org.entente.chain.por.worker;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Message;
import org.entente.chain.por.PorBlock;
import org.entente.chain.state.State;
import org.entente.chain.state.StatePart;
import org.entente.chain.store.ForkedStore;
import org.entente.light.por.Certificate;
import org.entente.light.por.Rules;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What a node has of its chain, for peers and readers who ask: blocks of the best branch, the
/// headers of all of them, states that are on disk. Any thread may ask.
///
/// @param view what the node knows now
public record Archive(ForkedStore store, Supplier<View> view) {

    /// From which height on it has blocks.
    public long first() {
        return store.first();
    }

    /// Blocks with their transactions as they travel, all of one branch: final, or of the newest.
    /// None from below the first that it has.
    public List<PorBlock> blocks(long from, int countMax) throws IOException {
        return blocks(from, countMax, view.get());
    }

    private List<PorBlock> blocks(long from, int countMax, View now) throws IOException {
        List<PorBlock> blocks = new ArrayList<>();
        if (Math.max(1, from) < first()) {
            return blocks;
        }
        for (long height = Math.max(1, from);
                height <= now.head().height() && blocks.size() < countMax;
                height++) {
            blocks.add(block(height, now));
        }
        return blocks;
    }

    /// Likewise, as many as one message takes.
    List<Bytes> batch(long from) throws IOException {
        View now = view.get();
        List<Bytes> batch = new ArrayList<>();
        long size = 0;
        for (long height = Math.max(1, from); batch.size() < Message.BLOCK_COUNT_MAX; height++) {
            List<PorBlock> next = blocks(height, 1, now);
            if (next.isEmpty()) {
                break;
            }
            Bytes bytes = next.getFirst().bytes();
            size += bytes.size();
            if (size > Message.BATCH_SIZE_BYTES_MAX && !batch.isEmpty()) {
                break;
            }
            batch.add(bytes);
        }
        return batch;
    }

    private PorBlock block(long height, View now) throws IOException {
        long above = height - now.last().height();
        return above > 0
                ? now.branch().get((int) above - 1).block().orElseThrow()
                : PorBlock.of(store.block(height).orElseThrow());
    }

    /// The headers of the best branch, from a height on, with the rules that begin at one of them.
    /// They end before the rules that there is no room for.
    public Message.Headers headers(long from) throws IOException {
        View now = view.get();
        List<CertifiedHeader> headers = new ArrayList<>();
        TreeSet<Digest> named = new TreeSet<>();
        for (long height = Math.max(1, from);
                height <= now.head().height() && headers.size() < Trail.COUNT_MAX;
                height++) {
            CertifiedHeader header = header(height, now);
            Digest rules = certificate(header).creation().rules();
            if (!named.contains(rules) && named.size() == Trail.RULES_COUNT_MAX) {
                break;
            }
            named.add(rules);
            headers.add(header);
        }
        return new Message.Headers(headers, rules(named, now.head().ledger().state()));
    }

    private CertifiedHeader header(long height, View now) throws IOException {
        long above = height - now.last().height();
        return above > 0
                ? now.branch().get((int) above - 1).ledger().head()
                : store.header(height).orElseThrow();
    }

    private static Certificate certificate(CertifiedHeader header) {
        return Certificate.FORMAT.decode(header.certificate()).orThrow();
    }

    /// The rules with these digests, the newest first: they are few and most are new.
    private static List<Rules> rules(TreeSet<Digest> digests, State state) {
        TreeMap<Long, Rules> found = new TreeMap<>();
        for (long number = Kept.rules(state).number();
                number >= 0 && found.size() < digests.size();
                number--) {
            Rules each = Kept.rules(state, number).orElseThrow();
            if (digests.contains(each.digest())) {
                found.put(number, each);
            }
        }
        return List.copyOf(found.descendingMap().values());
    }

    /// What light clients follow.
    public Trail trail(long from) throws IOException {
        Message.Headers headers = headers(from);
        return new Trail(
                headers.headers().stream().map(Archive::certificate).toList(), headers.rules());
    }

    /// A part of a state that is on disk; else which is. What is written meanwhile is not yet told,
    /// so nobody hears that there is a state and not this part of it.
    Message.Part part(long height, Digest from) {
        long last = store.writtenLast();
        Optional<StatePart> part = store.written(height).flatMap(it -> it.state().part(from));
        return new Message.Part(part.isPresent() ? height : last, part);
    }
}
