package org.entente.adapter.own.http;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.InboxCall;
import org.entente.adapter.Prepared;
import org.entente.adapter.Sending;
import org.entente.adapter.own.InboxTransaction;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Transactions of the deliverer's account: made once each, sent as often as needed.
final class Posting {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String OCTETS = "application/octet-stream";

    private final ChainId chain;
    private final Sources sources;
    private final Signer account;

    /// Guards `next` and `known`.
    private final Object lock = new Object();

    /// The nonce behind the last that was given out.
    private long next;

    /// Whether the chain has been asked, and has included all that was sent since.
    private boolean known;

    Posting(ChainId chain, Sources sources, Signer account) {
        this.chain = chain;
        this.sources = sources;
        this.account = account;
    }

    Prepared prepare(InboxCall call, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        return InboxTransaction.of(chain, account.key(), nonce(deadline), call).signed(account);
    }

    private long nonce(Deadline deadline) throws ChainUnreachable, InterruptedException {
        synchronized (lock) {
            if (known) {
                return next++;
            }
        }
        long due = due(deadline);
        synchronized (lock) {
            next = Math.max(next, due);
            known = true;
            return next++;
        }
    }

    /// The account's next nonce as enough nodes have it: one that names a higher one is not
    /// believed alone.
    private long due(Deadline deadline) throws ChainUnreachable, InterruptedException {
        List<Heard<Long>> heard = sources.ask(source -> nonce(source, deadline));
        List<Long> nonces =
                Sources.said(heard).stream()
                        .map(Heard.Said::value)
                        .sorted(Comparator.reverseOrder())
                        .toList();
        if (nonces.size() < sources.agreeing()) {
            throw new ChainUnreachable("the account's nonce is not known: " + Heard.words(heard));
        }
        return nonces.get(sources.agreeing() - 1);
    }

    private long nonce(Source source, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Source.Answer answer = source.get("/v1/accounts/" + account.key(), deadline);
        // Sending will say so; until the owner admits it, an account's first nonce is 0.
        return answer instanceof Source.Answer.Problem problem && problem.is(Fault.UNKNOWN_ACCOUNT)
                ? 0
                : source.good(answer).number("nonce");
    }

    /// Sends to one node after the other until one has included it.
    Sending send(Prepared prepared, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        boolean usual = false;
        try {
            Sending end = sendToEach(prepared, deadline);
            usual = end instanceof Sending.Included || end instanceof Sending.Waiting;
            if (end instanceof Sending.Included included) {
                awaitOthers(included.height(), deadline);
            }
            return end;
        } finally {
            if (!usual) {
                // Somebody else used the account, or the chain is away, perhaps to come back as it
                // was before.
                synchronized (lock) {
                    known = false;
                }
            }
        }
    }

    /// Until as many nodes have a block as a reader asks for, so that what is read afterwards shows
    /// it; at most until the deadline, since it is included anyway.
    private void awaitOthers(long height, Deadline deadline) throws InterruptedException {
        while (sources.agreeing() > 1 && deadline.leftMillis() > LOOK_EVERY.toMillis()) {
            long having =
                    Sources.said(sources.ask(source -> source.height(deadline))).stream()
                            .filter(each -> each.value() >= height)
                            .count();
            if (having >= sources.agreeing()) {
                return;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private Sending sendToEach(Prepared prepared, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        List<Sending> ends = new ArrayList<>();
        List<Heard<Sending>> heard = new ArrayList<>();
        for (Source source : sources.list()) {
            Heard<Sending> one = Heard.from(source, it -> sent(it, prepared, deadline));
            heard.add(one);
            switch (one) {
                case Heard.Said<Sending>(_, Sending end) -> ends.add(end);
                case Heard.Doubtful<Sending>(_, var why) ->
                        ends.add(new Sending.Unknown(why.toString()));
                case Heard.Away<Sending>(_, String why, SourceAway.Reach reach) -> {
                    if (reach == SourceAway.Reach.UNKNOWN) {
                        ends.add(new Sending.Unknown(why));
                    }
                }
                case Heard.NoAnswer<Sending>(_, var why) -> ends.add(new Sending.Refused(why));
            }
            if (ends.stream().anyMatch(end -> end instanceof Sending.Included)) {
                break;
            }
        }
        return ends.stream()
                .min(Comparator.comparingInt(Posting::rank))
                .orElseThrow(() -> new ChainUnreachable("no node takes it: " + Heard.words(heard)));
    }

    /// The end that rules out least comes first: one node's no is not the chain's.
    private static int rank(Sending end) {
        return switch (end) {
            case Sending.Included _ -> 0;
            case Sending.Waiting _ -> 1;
            case Sending.Unknown _ -> 2;
            case Sending.Early _ -> 3;
            case Sending.Stale _ -> 4;
            case Sending.Refused _ -> 5;
        };
    }

    private static Sending sent(Source source, Prepared prepared, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        return switch (source.post("/v1/transactions", OCTETS, prepared.bytes(), deadline)) {
            case Source.Answer.Good(int status, Fields fields) when status == 202 ->
                    new Sending.Waiting(fields.optionalNumber("height"));
            case Source.Answer.Good(_, Fields fields) -> included(source, prepared, fields);
            case Source.Answer.Problem problem when problem.is(Fault.NONCE_USED) ->
                    new Sending.Stale(problem.why());
            case Source.Answer.Problem problem when problem.is(Fault.NONCE_AHEAD) ->
                    new Sending.Early(problem.why());
            case Source.Answer.Problem problem -> new Sending.Refused(problem.why());
        };
    }

    private static Sending.Included included(Source source, Prepared prepared, Fields fields)
            throws SourceRefused {
        if (!fields.hex("id").equals(prepared.id())) {
            throw source.doubt(Fault.UNBOUND, "it answers about another transaction");
        }
        Optional<Sending.Failure> failure =
                fields.text("status").equals("DONE")
                        ? Optional.empty()
                        : Optional.of(
                                new Sending.Failure(fields.text("code"), fields.text("detail")));
        Bytes result = fields.hex("result");
        return new Sending.Included(fields.number("height"), failure, result);
    }

    Optional<Sending.Included> find(Prepared prepared, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        List<Heard<Optional<Sending.Included>>> heard =
                sources.ask(source -> found(source, prepared, deadline));
        List<Heard.Said<Optional<Sending.Included>>> said = Sources.said(heard);
        Optional<Sending.Included> found =
                said.stream().flatMap(each -> each.value().stream()).findFirst();
        if (found.isEmpty() && said.size() < sources.agreeing()) {
            throw new ChainUnreachable("not enough nodes answer: " + Heard.words(heard));
        }
        return found;
    }

    private static Optional<Sending.Included> found(
            Source source, Prepared prepared, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Source.Answer answer = source.get("/v1/transactions/" + prepared.id().hex(), deadline);
        boolean none =
                answer instanceof Source.Answer.Problem problem && problem.is(Fault.NOT_FOUND);
        boolean waits = answer instanceof Source.Answer.Good good && good.status() == 202;
        return none || waits
                ? Optional.empty()
                : Optional.of(included(source, prepared, source.good(answer)));
    }
}
