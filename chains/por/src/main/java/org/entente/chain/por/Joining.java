package org.entente.chain.por;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.state.State;
import org.entente.chain.state.StatePart;
import org.entente.light.NodeKey;
import org.entente.light.por.Certificate;
import org.entente.light.por.Following;
import org.entente.light.por.Rules;
import org.entente.light.por.Trail;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// How a node that has nothing but the genesis comes by a state, of nodes that it does not trust
/// (docs/chains/por.md §5.9). Changed in place by one owner.
///
/// One peer at a time, the *source*, is asked for everything:
///
/// ```
/// SEEKING    which state it has             → FOLLOWING
/// FOLLOWING  headers up to that state's     → COLLECTING when that one is final
/// COLLECTING the state's parts              → joined with the last one
/// ```
///
/// Headers are judged as a light client does, each part by the root in the header, so what was
/// taken stays true whoever showed it: with another source it goes on from there. It begins again
/// with SEEKING where the state was not yet known to be final, and with another state where nobody
/// has that one any longer.
public final class Joining {
    static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);
    static final Duration SOURCE_TIME_MAX = Duration.ofMinutes(5);
    static final Duration ROUND_TIME_MIN = Duration.ofSeconds(2);
    static final Duration IDLE_TIME_MAX = Duration.ofSeconds(60);

    /// How far below the newest final block a state may be.
    static final int HEADER_COUNT_MAX = 16_384;

    private static final int LIE = 100;

    private Following following;

    /// The newest that are final, by their heights. Who lies may have it follow further than to the
    /// states that others have.
    private final TreeMap<Long, CertifiedHeader> headers = new TreeMap<>();

    /// The height of the state that is sought; 0: not known yet.
    private long target;

    /// Where its next part begins.
    private Digest place = Digest.ZERO;

    /// Those of its parts that are here.
    private State state = State.EMPTY;

    private final TreeSet<NodeKey> peers = new TreeSet<>();

    /// Who was asked in this round and is asked no more.
    private final TreeSet<NodeKey> passed = new TreeSet<>();

    private Optional<Source> source = Optional.empty();
    private Instant round;

    /// When something was last taken.
    private Instant moved;

    private boolean ended;

    /// @param since when it became the source
    /// @param asked when it was last asked for something
    private record Source(NodeKey peer, Instant since, Instant asked) {}

    /// What it is told.
    public sealed interface Told {
        record Opened(NodeKey peer) implements Told {}

        record Closed(NodeKey peer) implements Told {}

        record Said(NodeKey peer, Message message) implements Told {}

        /// Time has passed.
        record Tick() implements Told {}
    }

    /// What is to be done, in this order.
    public sealed interface Step {
        record Say(NodeKey peer, Message message) implements Step {}

        /// A peer sent what no honest node sends.
        record Blame(NodeKey peer, int points, String why) implements Step {}

        /// Headers that are final, the next ones.
        record Keep(List<CertifiedHeader> headers) implements Step {
            public Keep {
                headers = List.copyOf(headers);
            }
        }

        /// Who is to be kept connected.
        record Members(Rules rules) implements Step {}

        /// The end: a state after a final block, whose header was kept.
        record Joined(CertifiedHeader head, State state) implements Step {}

        /// The end: nobody brings it further.
        record GiveUp(String why) implements Step {}
    }

    /// @param begun at block 0
    public Joining(Following begun, Instant now) {
        this.following = begun;
        this.round = now;
        this.moved = now;
    }

    /// How far it is, in words.
    public String progress() {
        return "%d headers, %d items of the state after block %d"
                .formatted(height(), state.count(), target);
    }

    public List<Step> on(Told told, Instant now) {
        List<Step> steps = new ArrayList<>();
        if (ended) {
            return steps;
        }
        switch (told) {
            case Told.Opened(NodeKey peer) -> peers.add(peer);
            case Told.Closed(NodeKey peer) -> {
                peers.remove(peer);
                if (isSource(peer)) {
                    leave(peer);
                }
            }
            case Told.Said(NodeKey peer, Message message) -> {
                if (isSource(peer)) {
                    heard(peer, message, now, steps);
                }
            }
            case Told.Tick() -> tick(now, steps);
        }
        if (source.isEmpty() && !ended) {
            choose(now, steps);
        }
        return steps;
    }

    private long height() {
        return following.last().height();
    }

    private boolean isFollowing() {
        return target > height();
    }

    private boolean isSource(NodeKey peer) {
        return source.map(it -> it.peer.equals(peer)).orElse(false);
    }

    /// Who is next, by key; when everybody was asked, all again after a while.
    private void choose(Instant now, List<Step> steps) {
        if (passed.containsAll(peers) && !now.isBefore(round.plus(ROUND_TIME_MIN))) {
            passed.clear();
            round = now;
        }
        peers.stream()
                .filter(each -> !passed.contains(each))
                .findFirst()
                .ifPresent(next -> {
                    source = Optional.of(new Source(next, now, now));
                    ask(next, now, steps);
                });
    }

    private void ask(NodeKey peer, Instant now, List<Step> steps) {
        Message question =
                isFollowing()
                        ? new Message.Trace(following.next())
                        : new Message.Seek(target, target == 0 ? Digest.ZERO : place);
        steps.add(new Step.Say(peer, question));
        source = source.map(it -> new Source(it.peer, it.since, now));
    }

    /// Only its word stood for a state that is not known to be final.
    private void leave(NodeKey peer) {
        passed.add(peer);
        source = Optional.empty();
        if (isFollowing()) {
            target = 0;
        }
    }

    private void blame(NodeKey peer, String why, List<Step> steps) {
        steps.add(new Step.Blame(peer, LIE, why));
        leave(peer);
    }

    private void heard(NodeKey peer, Message message, Instant now, List<Step> steps) {
        switch (message) {
            case Message.Headers shown when isFollowing() -> follow(peer, shown, now, steps);
            case Message.Part(long height, Optional<StatePart> part) when !isFollowing() -> {
                if (part.isEmpty()) {
                    offered(peer, height, now, steps);
                } else if (height != target || target == 0) {
                    blame(peer, "a part of a state that was not asked for", steps);
                } else {
                    take(peer, part.get(), now, steps);
                }
            }
            case Message.Headers _,
                    Message.Part _,
                    Message.Have _,
                    Message.Fetch _,
                    Message.Ask _,
                    Message.Blocks _,
                    Message.Offer _,
                    Message.Want _,
                    Message.Give _,
                    Message.Moment _,
                    Message.Trace _,
                    Message.Seek _ -> {
                // Who has no chain yet has nothing to say to that.
            }
        }
    }

    /// It has not the part that it was asked for, or was asked what it has.
    private void offered(NodeKey peer, long height, Instant now, List<Step> steps) {
        if (height <= height() && !headers.containsKey(height)) {
            leave(peer);
        } else if (height == target) {
            blame(peer, "it has a state, and not this part of it", steps);
        } else {
            target = height;
            place = Digest.ZERO;
            state = State.EMPTY;
            ask(peer, now, steps);
        }
    }

    private void follow(NodeKey peer, Message.Headers shown, Instant now, List<Step> steps) {
        Parsed<Following.Advance> judged = trail(shown).then(following::advance);
        switch (judged) {
            case Parsed.Refused<Following.Advance>(Verdict.Rejected why) ->
                    blame(peer, why.toString(), steps);
            case Parsed.Value<Following.Advance>(Following.Advance advance)
                    when advance.steps().isEmpty() ->
                    blame(peer, "a state of block " + target + ", which is not final", steps);
            case Parsed.Value<Following.Advance>(Following.Advance advance) -> {
                List<CertifiedHeader> taken = shown.headers().subList(0, advance.steps().size());
                steps.add(new Step.Keep(taken));
                for (CertifiedHeader each : taken) {
                    headers.put(each.header().height(), each);
                }
                while (headers.size() > HEADER_COUNT_MAX) {
                    headers.pollFirstEntry();
                }
                Rules rules = advance.after().last().rules();
                if (!rules.equals(following.last().rules())) {
                    steps.add(new Step.Members(rules));
                }
                following = advance.after();
                moved = now;
                ask(peer, now, steps);
            }
        }
    }

    /// The certificates of headers that they are for.
    private static Parsed<Trail> trail(Message.Headers shown) {
        List<Certificate> certificates = new ArrayList<>();
        for (CertifiedHeader each : shown.headers()) {
            switch (Certificate.FORMAT.decode(each.certificate())) {
                case Parsed.Refused<Certificate>(Verdict.Rejected why) -> {
                    return new Parsed.Refused<>(why);
                }
                case Parsed.Value<Certificate>(Certificate certificate) -> {
                    if (!certificate.creation().ledger().equals(each.header().digest())) {
                        return Parsed.refused(
                                Fault.BAD_PROOF,
                                "header " + each.header().height() + " is not the certified one");
                    }
                    certificates.add(certificate);
                }
            }
        }
        return Parsed.of(new Trail(certificates, shown.rules()));
    }

    private void take(NodeKey peer, StatePart part, Instant now, List<Step> steps) {
        CertifiedHeader certified = Objects.requireNonNull(headers.get(target));
        if (!part.from().equals(place)) {
            blame(peer, "another part of the state than was asked for", steps);
        } else if (part.verify(certified.header().stateRoot()) instanceof Verdict.Rejected why) {
            blame(peer, why.toString(), steps);
        } else {
            state = state.with(part.items());
            moved = now;
            part.next()
                    .ifPresentOrElse(
                            next -> {
                                place = next;
                                ask(peer, now, steps);
                            },
                            () -> {
                                ended = true;
                                steps.add(new Step.Joined(certified, state));
                            });
        }
    }

    private void tick(Instant now, List<Step> steps) {
        if (!now.isBefore(moved.plus(IDLE_TIME_MAX))) {
            ended = true;
            steps.add(
                    new Step.GiveUp(
                            "for %d s none of %d nodes had a state for this one, or went on with it"
                                    .formatted(IDLE_TIME_MAX.toSeconds(), peers.size())));
        } else if (source.filter(it -> isLate(it, now)).isPresent()) {
            leave(source.get().peer);
        }
    }

    /// A source that brings little at a time is left for another that may bring more.
    private boolean isLate(Source asked, Instant now) {
        return !now.isBefore(asked.asked.plus(ANSWER_TIME_MAX))
                || (peers.size() > 1 && !now.isBefore(asked.since.plus(SOURCE_TIME_MAX)));
    }
}
