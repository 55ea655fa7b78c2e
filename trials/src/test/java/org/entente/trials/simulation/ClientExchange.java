package org.entente.trials.simulation;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.relay.Effect;
import org.entente.relay.Event;
import org.entente.relay.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// One exchange as an application sees it, by the rules of the SDK: the same bytes after a lost
/// answer, the next attempt after what says so, nothing else.
final class ClientExchange {
    private static final int ATTEMPT_COUNT_MAX = 14;
    private static final Duration RENEWED_FOR = Duration.ofMinutes(3);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(3);

    private final Client client;
    private final Bytes id;
    private final Bytes arguments;
    private final Instant begun;
    private int attempt;
    private Asked asked;
    private Digest exchange;
    private Optional<Status> last = Optional.empty();
    private Optional<Fault> refused = Optional.empty();
    private boolean done;
    private long turn;

    ClientExchange(Client client, Bytes id, Bytes arguments) {
        this.client = client;
        this.id = id;
        this.arguments = arguments;
        this.begun = client.world().agenda().now();
        this.attempt = 1;
        this.asked = client.ask(id, attempt, arguments);
        this.exchange = ExchangeName.FORMAT.digest(asked.ask().request().exchange());
    }

    boolean isDone() {
        return done;
    }

    boolean isApplied() {
        return last.flatMap(Status::end).filter(end -> end == Status.End.APPLIED).isPresent()
                || refused.filter(fault -> fault == Fault.EXCHANGE_APPLIED).isPresent();
    }

    /// How it stands, in words.
    String words() {
        return Words.brief(exchange)
                + " attempt "
                + attempt
                + (done ? " done" : " open")
                + last.map(it -> ", " + Words.of(it)).orElse("")
                + refused.map(it -> ", refused " + it).orElse("");
    }

    void begin() {
        post();
    }

    private void later(Duration after, Runnable what) {
        long of = ++turn;
        client.world()
                .agenda()
                .plan(
                        after,
                        () -> {
                            if (of == turn && !done) {
                                what.run();
                            }
                        });
    }

    private void post() {
        Network network = client.world().network();
        Asked bytes = asked;
        if (!network.isLost()) {
            client.world()
                    .agenda()
                    .plan(
                            network.delay(),
                            () ->
                                    client.world()
                                            .relay()
                                            .asked(
                                                    ticket -> new Event.Posted(ticket, bytes),
                                                    back(bytes)));
        }
        later(ANSWER_TIME_MAX, this::post);
    }

    private Consumer<Effect> back(Asked of) {
        Network network = client.world().network();
        return answer -> {
            if (!network.isLost()) {
                client.world()
                        .agenda()
                        .plan(
                                network.delay(),
                                () -> {
                                    if (of.equals(asked) && !done) {
                                        answered(answer);
                                    }
                                });
            }
        };
    }

    private void answered(Effect answer) {
        switch (answer) {
            case Effect.Answer(long _, Status status) -> told(status);
            case Effect.Refuse(long _, Verdict.Rejected why, var _) -> {
                refused = Optional.of(why.fault());
                failed(why.fault());
            }
            default -> throw new IllegalStateException("no answer to a request: " + answer);
        }
    }

    private void poll() {
        client.world()
                .network()
                .ask(
                        () ->
                                client.world().relay().isUp()
                                        ? Optional.of(client.world().relay().status(exchange))
                                        : Optional.empty(),
                        answer -> {
                            if (done) {
                                return;
                            }
                            if (answer.isEmpty()) {
                                again();
                                return;
                            }
                            answer.get().stream()
                                    .filter(each -> each.attempt() == attempt)
                                    .findFirst()
                                    .ifPresentOrElse(this::told, () -> later(pause(), this::post));
                        });
    }

    private Duration pause() {
        return client.chance().millis(100, 1_500);
    }

    private void again() {
        later(pause(), this::poll);
    }

    private void told(Status real) {
        Status status = client.world().defects().answer(real);
        client.world().trace().line("client", "is told " + Words.of(status));
        client.world().watch().answered(status);
        last = Optional.of(status);
        if (!status.isFinal()) {
            again();
            return;
        }
        switch (status.end().orElseThrow()) {
            case APPLIED, CANCELLED -> end();
            case REFUSED, INVALID, FAILED_UNORDERED ->
                    failed(
                            status.problem()
                                    .map(Verdict.Rejected::fault)
                                    .orElse(Fault.INVALID_VALUE));
        }
    }

    private void failed(Fault fault) {
        switch (fault.retry()) {
            case NEVER -> end();
            case SAME -> later(pause(), this::post);
            case RENEWED -> {
                boolean late =
                        begun.plus(RENEWED_FOR).isBefore(client.world().agenda().now())
                                || attempt >= ATTEMPT_COUNT_MAX;
                if (late) {
                    end();
                } else {
                    later(client.chance().millis(100, 3_000L * Math.min(attempt, 4)), this::renew);
                }
            }
        }
    }

    private void renew() {
        attempt++;
        asked = client.ask(id, attempt, arguments);
        post();
    }

    private void end() {
        done = true;
        client.world().trace().line("client", "ends " + words());
    }
}
