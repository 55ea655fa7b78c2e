package org.entente.agent;

import org.entente.adapter.InboxCall;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Brings errands to the inbox contracts of one chain, with this agent's account there.
///
/// Each goes: checked against the inbox (its alliance, its code, the epochs it knows) → prepared →
/// stored → sent, the same bytes as often as needed → included. Preparing is one at a time, since
/// what an account prepares comes in one order; sending goes beside each other (docs/adapters.md
/// §2.7).
final class Courier {
    private static final int SENDING_COUNT_MAX = 64;
    static final int TRY_COUNT_MAX = 8;
    static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final Bench bench;
    private final Outbox outbox;
    private final Delivering delivering;
    private final ChainId chain;
    private final TreeMap<Errand, Job> jobs = new TreeMap<>();
    private final ArrayDeque<Job> due = new ArrayDeque<>();

    /// Stored before the process began, not yet known to be included.
    private final TreeSet<Errand> recovered = new TreeSet<>();

    private final TreeMap<String, InboxQuestion> inboxes;

    /// What those go on with that wait before they try again.
    private final TreeMap<Errand, Runnable> resting = new TreeMap<>();

    private long turns;
    private boolean preparing;
    private int sending;

    /// One errand on its way.
    static final class Job {
        private final Errand errand;
        private final Optional<Parcel> parcel;
        private Optional<Prepared> prepared = Optional.empty();
        private Duration pause = PAUSE_FIRST;

        /// In which order they were prepared, which is the order in which the chain takes them.
        private long turn;

        /// Of the block that had it last, final or not.
        private Optional<Long> height = Optional.empty();

        private int tries;
        private boolean dropped;

        Job(Errand errand, Optional<Parcel> parcel) {
            this.errand = errand;
            this.parcel = parcel;
        }

        Errand errand() {
            return errand;
        }

        /// The epoch that the contract must know.
        long epoch() {
            return parcel.map(Parcel::epoch).orElse(0L);
        }
    }

    Courier(Bench bench, Outbox outbox, Delivering delivering, ChainId chain) {
        this.bench = bench;
        this.outbox = outbox;
        this.delivering = delivering;
        this.chain = chain;
        this.inboxes = new TreeMap<>();
    }

    void recover() {
        var stored = bench.memory().stored().get(chain);
        if (stored == null) {
            return;
        }
        for (Decision.Stored each : List.copyOf(stored.values())) {
            Job job = new Job(each.errand(), Optional.empty());
            job.prepared = Optional.of(each.prepared());
            jobs.put(each.errand(), job);
            recovered.add(each.errand());
            send(job);
        }
    }

    boolean has(Errand errand) {
        return jobs.containsKey(errand);
    }

    /// The relay asks again: it is told again when this chain gives no answer.
    void reminded(Errand errand) {
        Job job = jobs.get(errand);
        if (job != null) {
            job.tries = 0;
        }
    }

    void take(Errand errand, Parcel parcel) {
        if (!jobs.containsKey(errand)) {
            Job job = new Job(errand, Optional.of(parcel));
            jobs.put(errand, job);
            knock(job);
        }
    }

    /// Prepares at once what an inbox needs before the others.
    void begin(Errand errand, Parcel parcel) {
        Job job = new Job(errand, Optional.of(parcel));
        jobs.put(errand, job);
        ready(job);
    }

    private void knock(Job job) {
        inboxes.computeIfAbsent(
                        job.errand.inbox(), address -> new InboxQuestion(bench, this, address))
                .ready(job);
    }

    ChainId chain() {
        return chain;
    }

    Delivering delivering() {
        return delivering;
    }

    /// The contract takes this job's call.
    void ready(Job job) {
        due.add(job);
        pump();
    }

    /// Gives up what was not prepared yet. What was has its place among what this account sends, so
    /// it is sent.
    void drop(Errand errand) {
        Job job = jobs.get(errand);
        if (job != null) {
            job.dropped = true;
        }
    }

    private void pump() {
        if (preparing || !recovered.isEmpty() || sending >= SENDING_COUNT_MAX || due.isEmpty()) {
            return;
        }
        Job job = due.remove();
        if (job.dropped) {
            jobs.remove(job.errand);
            pump();
            return;
        }
        InboxCall call = job.parcel.orElseThrow().call();
        preparing = true;
        bench.ask(
                new Question.Prepare(chain, call),
                answer -> {
                    preparing = false;
                    prepared(job, answer);
                    pump();
                });
    }

    private void prepared(Job job, Answer answer) {
        switch (answer) {
            case Answer.Prepared(Prepared prepared) -> {
                job.prepared = Optional.of(prepared);
                job.turn = ++turns;
                outbox.decide(new Decision.Stored(job.errand, chain, prepared));
                outbox.then(() -> send(job));
                sending++;
            }
            case Answer.Away(String why) -> {
                unreachable(job, why);
                later(job, () -> ready(job));
            }
            case Answer.Refused(Verdict.Rejected why) -> end(job, why);
            case Answer other -> throw new IllegalStateException("not prepared: " + other);
        }
    }

    private void send(Job job) {
        bench.ask(
                new Question.Send(chain, job.prepared.orElseThrow()), answer -> sent(job, answer));
    }

    private void sent(Job job, Answer answer) {
        switch (answer) {
            case Answer.Sent(Sending sending_) -> sent(job, sending_);
            case Answer.Away(String why) -> {
                unreachable(job, why);
                later(job, () -> send(job));
            }
            case Answer.Refused(Verdict.Rejected why) -> finish(job, Optional.of(why));
            case Answer other -> throw new IllegalStateException("not sent: " + other);
        }
    }

    private void sent(Job job, Sending end) {
        switch (end) {
            case Sending.Included(long height, Optional<Sending.Failure> failure, var _) -> {
                stands(job, Optional.of(height));
                included(job, failure);
                stir();
            }
            case Sending.Waiting(Optional<Long> height) -> {
                stands(job, height);
                later(job, () -> send(job));
            }
            case Sending.Unknown _, Sending.Early _ -> later(job, () -> send(job));
            case Sending.Stale(Verdict.Rejected why) -> stale(job, why);
            case Sending.Refused(Verdict.Rejected why) ->
                    finish(
                            job,
                            Optional.of(Verdict.rejected(Fault.CHAIN_REFUSED, chain + ": " + why)));
        }
    }

    /// In which block what was sent is now; that it was in another one nobody is left to wonder.
    private void stands(Job job, Optional<Long> height) {
        if (job.height.isPresent() && !job.height.equals(height)) {
            bench.tell(
                    Effect.Tell.Weight.WARNING,
                    "%s was reorganised before block %d was final: what was sent for %s is now in %s"
                            .formatted(
                                    chain,
                                    job.height.get(),
                                    job.errand,
                                    height.map(it -> "block " + it).orElse("none")));
        }
        job.height = height;
    }

    private void included(Job job, Optional<Sending.Failure> failure) {
        if (failure.isEmpty()) {
            finish(job, Optional.empty());
            return;
        }
        String code = failure.get().code();
        if (code.equals(Fault.EPOCH_UNKNOWN.name()) && job.parcel.isPresent()) {
            inboxes.remove(job.errand.inbox());
            renew(job, Verdict.rejected(Fault.EPOCH_UNKNOWN, failure.get().detail()));
            return;
        }
        Fault fault =
                Stream.of(Fault.NOT_YET, Fault.WEIGHT_TOO_LOW)
                        .filter(known -> known.name().equals(code))
                        .findFirst()
                        .orElse(Fault.CHAIN_REFUSED);
        finish(job, Optional.of(Verdict.rejected(fault, code + ": " + failure.get().detail())));
    }

    /// Its turn was taken: perhaps by itself, which the outcome says.
    private void stale(Job job, Verdict.Rejected why) {
        if (job.errand.kind() != Errand.Kind.DELIVERY) {
            renew(job, why);
            return;
        }
        bench.ask(
                new Question.OutcomeAt(chain, job.errand.inbox(), job.errand.number()),
                answer -> {
                    if (answer
                            instanceof
                            Answer.OutcomeAt(Seen.Known<Optional<Settlement>>(var outcome))) {
                        if (outcome.isPresent()) {
                            finish(job, Optional.empty());
                        } else {
                            renew(job, why);
                        }
                    } else {
                        later(job, () -> stale(job, why));
                    }
                });
    }

    /// Prepares anew; what was recovered without its parcel is left to the relay to ask for again.
    private void renew(Job job, Verdict.Rejected why) {
        job.tries++;
        if (job.parcel.isEmpty() || job.tries > TRY_COUNT_MAX) {
            finish(job, Optional.of(why));
            return;
        }
        forget(job);
        job.prepared = Optional.empty();
        knock(job);
        pump();
    }

    private void forget(Job job) {
        outbox.decide(new Decision.Finished(job.errand, chain));
        if (!recovered.remove(job.errand)) {
            sending--;
        }
    }

    private void finish(Job job, Optional<Verdict.Rejected> why) {
        forget(job);
        jobs.remove(job.errand);
        report(job, why);
        pump();
    }

    /// The end of what was never sent.
    void end(Job job, Verdict.Rejected why) {
        jobs.remove(job.errand);
        report(job, Optional.of(why));
    }

    private void report(Job job, Optional<Verdict.Rejected> why) {
        if (job.errand.kind() == Errand.Kind.EPOCH) {
            InboxQuestion inbox = inboxes.get(job.errand.inbox());
            if (inbox != null) {
                inbox.epochBrought(why);
            }
            return;
        }
        why.ifPresentOrElse(
                it -> delivering.brought(job.errand.number(), it),
                () -> delivering.brought(job.errand.number()));
    }

    /// Said once for each time that the relay asks.
    void unreachable(Job job, String why) {
        if (job.tries++ == 0 && job.errand.kind() != Errand.Kind.EPOCH) {
            delivering.brought(
                    job.errand.number(),
                    Verdict.rejected(Fault.CHAIN_UNREACHABLE, chain + ": " + why));
        }
    }

    void later(Job job, Runnable then) {
        Duration pause = job.pause;
        Duration longer = pause.multipliedBy(2);
        job.pause = longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
        resting.put(job.errand, then);
        bench.later(
                pause,
                () -> {
                    if (resting.remove(job.errand, then)) {
                        then.run();
                    }
                });
    }

    /// The chain takes again what comes: nobody rests for long any more, and the next in order goes
    /// on at once. Else those that wait for each other would wait a whole pause each.
    private void stir() {
        Optional<Job> next = Optional.empty();
        for (Errand errand : resting.keySet()) {
            Job job = jobs.get(errand);
            if (job != null) {
                job.pause = PAUSE_FIRST;
                if (job.prepared.isPresent() && next.filter(it -> it.turn <= job.turn).isEmpty()) {
                    next = Optional.of(job);
                }
            }
        }
        next.map(job -> resting.remove(job.errand)).ifPresent(Runnable::run);
    }
}
