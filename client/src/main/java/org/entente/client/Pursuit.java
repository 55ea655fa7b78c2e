package org.entente.client;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One asking, followed to its end: the same bytes after a lost answer or where the relay asks for
/// them, a further attempt, signed anew, where a renewed one can help, never anything else
/// (protocol.md §10).
final class Pursuit {
    /// As long as one answer is waited for; a connection that waits longer tells nothing.
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /// An answer that came faster than this did not wait: we do.
    private static final Duration ANSWER_MIN = Duration.ofMillis(500);

    /// What it needs of the world.
    ///
    /// @param relay sends each request once
    record Means(
            RelayExchanges relay,
            Signing signing,
            RandomGenerator random,
            Consumer<ExchangeStatus> listener) {}

    /// What an attempt came to.
    ///
    /// @param renewable why a further attempt can help, if it can
    private record End(Outcome.Ending ending, Optional<Problem> renewable) {
        static End last(Outcome.Ending ending) {
            return new End(ending, Optional.empty());
        }
    }

    private final Asking asking;
    private final Plan plan;
    private final Means means;
    private final Watch watch;
    private final List<Outcome.Attempt> attempts = new ArrayList<>();
    private Optional<ExchangeStatus> seen = Optional.empty();

    Pursuit(Asking asking, Plan plan, Means means) {
        this.asking = asking;
        this.plan = plan;
        this.means = means;
        this.watch = new Watch(plan.deadline(), plan.patience(), means.random);
    }

    Outcome run() throws Failure {
        Optional<Outcome.Ending> before = Optional.empty();
        for (int number = asking.firstAttempt(); ; number++) {
            Asked asked = signed(number);
            if (before.isPresent() && watch.isOver()) {
                return new Outcome(exchange(asked), before.get(), attempts);
            }
            End end = new Sending(asked).end();
            if (end.renewable.isEmpty() || watch.isOver()) {
                return new Outcome(exchange(asked), end.ending, attempts);
            }
            watch.pauseBeforeAttempt(end.renewable.get().retryAfter());
            if (watch.isOver()) {
                return new Outcome(exchange(asked), end.ending, attempts);
            }
            before = Optional.of(end.ending);
            seen = Optional.empty();
            means.signing.renew(asked, end.renewable.get());
        }
    }

    /// What is needed for it comes from the relay, too, and may be lost likewise.
    private Asked signed(int number) throws Failure {
        while (true) {
            try {
                return means.signing.sign(asking, number);
            } catch (Unreachable e) {
                if (e.kind() != Unreachable.Kind.NO_ANSWER || watch.isOver()) {
                    throw e;
                }
                watch.pause(Optional.empty());
            } catch (Refused e) {
                if (!e.problem().allowsSame() || watch.isOver()) {
                    throw e;
                }
                watch.pause(e.problem().retryAfter());
            }
        }
    }

    private static Digest exchange(Asked asked) {
        return ExchangeName.FORMAT.digest(asked.ask().request().exchange());
    }

    /// One attempt: the same bytes until something comes of them.
    private final class Sending {
        private final Asked asked;
        private final Digest request;
        private final List<String> events = new ArrayList<>();
        private int sendings;
        private boolean taken;

        Sending(Asked asked) {
            this.asked = asked;
            this.request = Request.FORMAT.digest(asked.ask().request());
        }

        End end() throws Failure {
            Optional<End> end = Optional.empty();
            while (end.isEmpty()) {
                if (watch.isOver() && sendings > 0) {
                    events.add("the deadline passed");
                    end = Optional.of(End.last(new Outcome.Open(seen)));
                } else {
                    end = once();
                }
            }
            attempts.add(
                    new Outcome.Attempt(
                            asked.ask().request().attempt(), request, sendings, events));
            return end.get();
        }

        private Optional<End> once() throws Failure {
            long begun = System.nanoTime();
            try {
                return switch (reply()) {
                    case RelayExchanges.Reply.Stands(ExchangeStatus status) ->
                            stands(status, Duration.ofNanos(System.nanoTime() - begun));
                    case RelayExchanges.Reply.Refuses(Problem problem) -> refused(problem);
                };
            } catch (Unreachable e) {
                if (e.kind() != Unreachable.Kind.NO_ANSWER) {
                    throw e;
                }
                events.add("no answer: " + e.message());
                watch.pause(Optional.empty());
                return Optional.empty();
            }
        }

        private RelayExchanges.Reply reply() throws Refused, Unreachable {
            Duration left = watch.left();
            Duration wait = left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
            if (taken) {
                return means.relay.status(exchange(asked), plan.until(), wait);
            }
            sendings++;
            return means.relay.ask(asked, plan.until(), wait);
        }

        private Optional<End> stands(ExchangeStatus status, Duration elapsed)
                throws Refused, Unreachable {
            if (!status.request().equals(request)) {
                throw new Refused(
                        Fault.INTERNAL,
                        "the relay answers for the request "
                                + status.request()
                                + " where "
                                + request
                                + " was asked");
            }
            taken = true;
            if (!seen.equals(Optional.of(status))) {
                seen = Optional.of(status);
                watch.moved();
                events.add(words(status));
                means.listener.accept(status);
            }
            if (status.hasReached(plan.until())) {
                return ended(status);
            }
            if (elapsed.compareTo(ANSWER_MIN) < 0) {
                watch.pause(Optional.empty());
            }
            return Optional.empty();
        }

        private Optional<End> refused(Problem problem) throws Refused, Unreachable {
            events.add(problem.toString());
            if (taken && is(problem, Fault.NOT_FOUND)) {
                // It began anew and has forgotten what was not ordered.
                taken = false;
                watch.pause(Optional.empty());
                return Optional.empty();
            }
            if (problem.allowsSame() && watch.hasTimeFor(problem.retryAfter())) {
                watch.pause(problem.retryAfter());
                return Optional.empty();
            }
            if (problem.allowsSame() && (taken || sendings > 1)) {
                // It is on its way, or may be: an earlier sending's answer was lost.
                return Optional.of(End.last(new Outcome.Open(seen)));
            }
            return concluded(problem, new Outcome.Failed(problem));
        }

        private Optional<End> ended(ExchangeStatus status) throws Refused, Unreachable {
            Optional<Problem> problem = status.problem();
            if (status.outcome().isEmpty()) {
                return Optional.of(End.last(new Outcome.Sealed(serial(status))));
            }
            return switch (status.outcome().get()) {
                case APPLIED -> settled(Settlement.End.APPLIED, status);
                case REFUSED -> settled(Settlement.End.REFUSED, status);
                case CANCELLED -> settled(Settlement.End.CANCELLED, status);
                case INVALID ->
                        concluded(
                                required(problem),
                                new Outcome.Invalid(
                                        required(problem), serial(status), status.reads()));
                case FAILED_UNORDERED ->
                        concluded(required(problem), new Outcome.Failed(required(problem)));
            };
        }

        private Optional<End> settled(Settlement.End end, ExchangeStatus status) throws Refused {
            return Optional.of(
                    new End(
                            new Outcome.Settled(end, serial(status), status.problem()),
                            status.problem().filter(Problem::allowsRenewed)));
        }

        /// What ended with a fault: a further attempt, unless an earlier one stands in its way.
        ///
        /// An attempt that failed has its one answer, so that for the same bytes later only a new
        /// one helps.
        private Optional<End> concluded(Problem problem, Outcome.Ending ending)
                throws Refused, Unreachable {
            if (is(problem, Fault.EXCHANGE_APPLIED) || is(problem, Fault.EXCHANGE_UNSETTLED)) {
                return Optional.of(earlier(problem, ending));
            }
            boolean renewable = problem.allowsRenewed() || (taken && problem.allowsSame());
            return Optional.of(
                    new End(ending, renewable ? Optional.of(problem) : Optional.empty()));
        }

        /// Waits for the attempt of ours that was VALID already.
        private End earlier(Problem problem, Outcome.Ending ending) throws Refused, Unreachable {
            Optional<Problem> renewable = Optional.of(problem).filter(Problem::allowsRenewed);
            while (true) {
                Optional<ExchangeStatus> valid =
                        means.relay.attempts(exchange(asked)).stream()
                                .filter(each -> !each.request().equals(request))
                                .filter(Sending::isValid)
                                .findFirst();
                if (valid.isEmpty()) {
                    return new End(ending, renewable);
                }
                if (valid.get().isFinal()) {
                    events.add("attempt " + valid.get().attempt() + " ended as APPLIED");
                    return End.last(
                            new Outcome.Settled(
                                    Settlement.End.APPLIED, serial(valid.get()), Optional.empty()));
                }
                if (watch.isOver()) {
                    return End.last(new Outcome.Open(valid));
                }
                watch.pause(Optional.empty());
            }
        }

        private static boolean isValid(ExchangeStatus status) {
            return status.outcome()
                    .map(outcome -> outcome == ExchangeStatus.Outcome.APPLIED)
                    .orElse(status.serial().isPresent());
        }

        private static boolean is(Problem problem, Fault fault) {
            return problem.fault().equals(Optional.of(fault));
        }

        private static String words(ExchangeStatus status) {
            return status.state()
                    + status.outcome().map(outcome -> " " + outcome).orElse("")
                    + status.problem().map(problem -> " " + problem).orElse("");
        }

        private static long serial(ExchangeStatus status) throws Refused {
            return status.serial()
                    .orElseThrow(
                            () -> new Refused(Fault.MALFORMED, "the relay's answer has no serial"));
        }

        private static Problem required(Optional<Problem> problem) throws Refused {
            return problem.orElseThrow(
                    () -> new Refused(Fault.MALFORMED, "the relay's answer does not say why"));
        }
    }
}
