package org.entente.agent;

import org.entente.certs.Verifier;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One agent's place in one alliance: follows its log, runs node contracts, vouches, seals, brings
/// and observes (protocol.md §6, docs/exchange.md). Told events, it says effects.
///
/// What it signs it first remembers: decisions of one drain go to the journal together
/// ([Effect.Journal]) and are signed once that is durable ([Event.Journaled]). A seat that begins
/// with the [Memory] of an earlier one repeats what that decided, and nothing else.
///
/// | state | until |
/// |---|---|
/// | following | for ever; a record that does not hold is objected to and looked at again |
/// | waiting for the clock | it has caught up with the recorded time |
/// | stopped | a person acts: its key or its journal is not its own |
public final class Seat {
    /// How many questions may be open at once.
    static final int QUESTION_COUNT_MAX = 4_096;

    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Bench bench;
    private final Outbox outbox;
    private final Sealing sealing;
    private final Following following;
    private final Hosting hosting;
    private final Endorsing endorsing;
    private final Attesting attesting;
    private final Delivering delivering;
    private final Observing observing;
    private final Breaks breaks;
    private boolean begun;

    /// @param memory what an earlier seat of the same agent and alliance decided
    public Seat(Self self, AllianceId alliance, Verifier verifier, Memory memory) {
        this.bench = new Bench(self, alliance, verifier, memory);
        this.outbox = new Outbox(bench);
        this.sealing = new Sealing(bench, outbox);
        this.breaks = new Breaks(bench, outbox);
        this.delivering = new Delivering(bench, outbox, breaks);
        this.following = new Following(bench, sealing, delivering);
        this.hosting = new Hosting(bench, outbox, breaks);
        this.endorsing = new Endorsing(bench, outbox, breaks);
        this.attesting = new Attesting(bench, outbox, breaks);
        this.observing = new Observing(bench, outbox, breaks);
    }

    public AllianceId alliance() {
        return bench.alliance();
    }

    /// The log as it is followed here; to be read only.
    public Notary notary() {
        return bench.notary();
    }

    /// What was decided so far; to be read only.
    public Memory memory() {
        return bench.memory();
    }

    /// For the next hello: the newest seal of a majority that is known.
    public Optional<Sealed> newest() {
        return sealing.newest();
    }

    /// Whether nothing is signed any more.
    public boolean isStopped() {
        return bench.isStopped();
    }

    public List<Effect> on(Event event, Instant now) {
        // What is recorded and signed has whole milliseconds.
        bench.begin(now.truncatedTo(ChronoUnit.MILLIS));
        if (!begun) {
            begun = true;
            delivering.recover();
            forget();
            breaks.look();
        }
        switch (event) {
            case Event.Heard(ToAgent message) -> heard(message);
            case Event.Linked() -> {
                following.linked();
                breaks.linked();
            }
            case Event.Unlinked() -> following.unlinked();
            case Event.Listed(var inboxes) -> delivering.listed(inboxes);
            case Event.Followed(long from, List<EntryRecord> records) -> {
                following.followed(from, records);
                breaks.followed();
            }
            case Event.Unfollowed(String _) -> following.unfollowed();
            case Event.Answered(long query, Answer answer) -> {
                bench.question(query).ifPresent(asked -> breaks.answered(asked, answer));
                bench.answered(query, answer);
            }
            case Event.Journaled(long upTo) -> outbox.journaled(upTo);
            case Event.Drained() -> outbox.drained();
            case Event.Tick() -> bench.tick();
        }
        return bench.end();
    }

    private void heard(ToAgent message) {
        switch (message) {
            case ToAgent.Propose(Ask ask, var arguments) -> hosting.propose(ask, arguments);
            case ToAgent.Endorse endorse -> endorsing.endorse(endorse);
            case ToAgent.Attest attest -> attesting.attest(attest);
            case ToAgent.Grown(var _, long size) -> {
                sealing.wanted(size);
                following.grown(size);
            }
            case ToAgent.Certified(Sealed sealed) -> {
                sealing.certified(sealed);
                following.grown(sealed.seal().size());
            }
            case ToAgent.Bring(var _, long serial) -> delivering.bring(serial);
            case ToAgent.Observe(var _, long serial) -> observing.observe(serial);
            case ToAgent.Look(Settlement settlement) -> breaks.look(settlement);
            case ToAgent.BringAgain(Settlement settlement, long serial) ->
                    delivering.bringAgain(settlement, serial);
            case ToAgent.Elsewhere _ ->
                    throw new IllegalStateException("the shell fetches what lies elsewhere");
        }
    }

    private void forget() {
        bench.memory().forget();
        bench.later(FORGET_EVERY, this::forget);
    }
}
