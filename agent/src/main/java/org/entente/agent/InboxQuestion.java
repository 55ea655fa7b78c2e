package org.entente.agent;

import org.entente.adapter.Inbox;
import org.entente.adapter.Seen;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one inbox is known to be, and who waits for that.
final class InboxQuestion {
    private final Bench bench;
    private final Courier courier;
    private final String address;
    private final List<Courier.Job> waiting = new ArrayList<>();
    private Optional<Inbox> known = Optional.empty();
    private boolean asking;
    private int refusals;

    InboxQuestion(Bench bench, Courier courier, String address) {
        this.bench = bench;
        this.courier = courier;
        this.address = address;
    }

    void ready(Courier.Job job) {
        if (known.isPresent() && known.get().epochs().size() > job.epoch()) {
            courier.ready(job);
            return;
        }
        waiting.add(job);
        if (!asking) {
            asking = true;
            ask();
        }
    }

    private void ask() {
        bench.ask(new Question.InboxAt(courier.chain(), address), this::answered);
    }

    private void answered(Answer answer) {
        Parsed<Inbox> inbox =
                switch (answer) {
                    case Answer.InboxAt(Seen<Optional<Inbox>> seen) ->
                            Run.known(seen, courier.chain()).then(this::checked);
                    case Answer.Away(String why) ->
                            Parsed.refused(Fault.CHAIN_UNREACHABLE, courier.chain() + ": " + why);
                    case Answer.Refused(Verdict.Rejected why) -> new Parsed.Refused<>(why);
                    case Answer other -> throw new IllegalStateException("no inbox: " + other);
                };
        switch (inbox) {
            case Parsed.Refused<Inbox>(Verdict.Rejected why) -> fail(why);
            case Parsed.Value<Inbox>(Inbox value) -> {
                known = Optional.of(value);
                go();
            }
        }
    }

    private Parsed<Inbox> checked(Optional<Inbox> found) {
        if (found.isEmpty()) {
            return Parsed.refused(
                    Fault.CHAIN_REFUSED, courier.chain() + " has no inbox " + address);
        }
        Inbox inbox = found.get();
        if (!inbox.alliance().equals(bench.alliance())) {
            return Parsed.refused(Fault.CHAIN_REFUSED, address + " belongs to " + inbox.alliance());
        }
        boolean other =
                courier.delivering()
                        .listed(courier.chain())
                        .filter(listed -> listed.address().equals(address))
                        .filter(listed -> !listed.code().equals(inbox.code()))
                        .isPresent();
        return other
                ? Parsed.refused(
                        Fault.CHAIN_REFUSED,
                        address + " runs " + inbox.code() + ", the registry has other code")
                : Parsed.of(inbox);
    }

    /// Lets go on whoever the contract is ready for, and brings the next epoch for the others.
    private void go() {
        List<Courier.Job> jobs = List.copyOf(waiting);
        waiting.clear();
        long epochs = known.orElseThrow().epochs().size();
        for (Courier.Job job : jobs) {
            if (job.epoch() < epochs) {
                courier.ready(job);
            } else {
                waiting.add(job);
            }
        }
        if (waiting.isEmpty()) {
            asking = false;
        } else {
            bring(epochs);
        }
    }

    private void bring(long epoch) {
        bench.ask(
                new Question.Document(Question.Document.Kind.EPOCH, epoch),
                answer -> {
                    Parsed<Parcel> parcel =
                            Delivering.document(answer)
                                    .then(bytes ->
                                            courier.delivering()
                                                    .opener()
                                                    .epoch(epoch, address, bytes));
                    switch (parcel) {
                        case Parsed.Refused<Parcel>(Verdict.Rejected why) -> fail(why);
                        case Parsed.Value<Parcel>(Parcel sound) -> begin(epoch, sound);
                    }
                });
    }

    private void begin(long epoch, Parcel parcel) {
        Errand errand = new Errand(Errand.Kind.EPOCH, address, epoch);
        if (!courier.has(errand)) {
            courier.begin(errand, parcel);
        }
    }

    /// Whoever brought it, the contract says what it knows now.
    void epochBrought(Optional<Verdict.Rejected> why) {
        why.ifPresent(
                it -> bench.tell(Effect.Tell.Weight.WARNING, "an epoch was not taken: " + it));
        refusals = why.isPresent() ? refusals + 1 : 0;
        if (refusals >= Courier.TRY_COUNT_MAX) {
            refusals = 0;
            fail(why.orElseThrow());
        } else if (waiting.isEmpty()) {
            asking = false;
            known = Optional.empty();
        } else {
            bench.later(Courier.PAUSE_FIRST, this::ask);
        }
    }

    private void fail(Verdict.Rejected why) {
        asking = false;
        List<Courier.Job> jobs = List.copyOf(waiting);
        waiting.clear();
        jobs.forEach(job -> courier.end(job, why));
    }
}
