package org.entente.agent;

import org.entente.adapter.Held;
import org.entente.adapter.Snapshot;
import org.entente.endorsement.Reach;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.AttestedChain;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.KeyVersion;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.link.AskedKeys;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Alliance;

import java.util.ArrayList;
import java.util.List;

/// Attests: says at which versions keys of the chains' own are now, at the final heads that this
/// agent follows (protocol.md §7, rule 8). Nothing is remembered of it.
final class Attesting {
    private final Bench bench;
    private final Outbox outbox;
    private final Breaks breaks;

    Attesting(Bench bench, Outbox outbox, Breaks breaks) {
        this.bench = bench;
        this.outbox = outbox;
        this.breaks = breaks;
    }

    /// What was seen so far for one submission.
    private static final class Sight {
        private final ToAgent.Attest asked;
        private final List<AttestedChain> chains = new ArrayList<>();
        private int missing;
        private boolean ended;

        Sight(ToAgent.Attest asked) {
            this.asked = asked;
            this.missing = asked.chains().size();
        }
    }

    void attest(ToAgent.Attest asked) {
        if (bench.isStopped() || outbox.isFull() || bench.asked() >= Seat.QUESTION_COUNT_MAX) {
            decline(asked, Verdict.rejected(Fault.OVERLOADED, "too much is under way here"));
            return;
        }
        for (AskedKeys keys : asked.chains()) {
            if (permitted(keys) instanceof Verdict.Rejected why) {
                decline(asked, why);
                return;
            }
        }
        Sight sight = new Sight(asked);
        for (AskedKeys keys : asked.chains()) {
            bench.ask(
                    new Question.Keys(keys.chain(), Sorted.copyOf(keys.places())),
                    answer -> saw(sight, keys, answer));
        }
    }

    /// Versions are shown of what some flow lets be read, and of nothing else.
    private Verdict permitted(AskedKeys keys) {
        if (bench.notary().alliance().isEmpty()) {
            return Verdict.rejected(Fault.NOT_YET, "the log is not followed yet");
        }
        Alliance alliance = bench.notary().alliance().get();
        if (!bench.self().chains().contains(keys.chain())) {
            return Verdict.rejected(
                    Fault.CHAIN_UNREACHABLE, keys.chain() + " is not followed here");
        }
        if (breaks.check(keys.chain()) instanceof Verdict.Rejected why) {
            return why;
        }
        for (Place place : keys.places()) {
            if (alliance.charter().terms().flows().values().stream()
                    .noneMatch(flow -> new Reach(flow).mayRead(place))) {
                return Verdict.rejected(Fault.RESOURCE_OUTSIDE, Reach.words(place));
            }
        }
        return Verdict.accepted();
    }

    private void saw(Sight sight, AskedKeys keys, Answer answer) {
        if (sight.ended) {
            return;
        }
        switch (snapshot(keys, answer)) {
            case Parsed.Refused<Snapshot>(Verdict.Rejected why) -> {
                sight.ended = true;
                decline(sight.asked, why);
            }
            case Parsed.Value<Snapshot>(Snapshot snapshot) -> {
                sight.chains.add(
                        new AttestedChain(
                                keys.chain(),
                                snapshot.point().height(),
                                snapshot.point().hash(),
                                snapshot.held().stream().map(Attesting::version).toList()));
                sight.missing--;
                if (sight.missing == 0) {
                    vouch(sight);
                }
            }
        }
    }

    private static KeyVersion version(Held held) {
        return new KeyVersion(held.place().key(), held.version());
    }

    private static Parsed<Snapshot> snapshot(AskedKeys keys, Answer answer) {
        return switch (answer) {
            case Answer.Keys(var seen) -> Run.known(seen, keys.chain());
            case Answer.Away(String why) ->
                    Parsed.refused(Fault.CHAIN_UNREACHABLE, keys.chain() + ": " + why);
            case Answer.Refused(Verdict.Rejected why) -> new Parsed.Refused<>(why);
            case Answer other -> throw new IllegalStateException("no answer to keys: " + other);
        };
    }

    private void vouch(Sight sight) {
        Digest submission = sight.asked.submission();
        List<AttestedChain> chains = sight.chains.stream().sorted().toList();
        outbox.vouch(
                Outbox.Kind.ATTEST,
                AttestedReads.FORMAT.digest(new AttestedReads(submission, chains)),
                vouch ->
                        new ToRelay.Attested(
                                bench.alliance(), submission, new Attestation(vouch, chains)));
    }

    private void decline(ToAgent.Attest asked, Verdict.Rejected why) {
        bench.decline(ToRelay.Stage.ATTEST, asked.submission(), why);
    }
}
