package org.entente.chain.http;

import org.entente.chain.Batch;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Many transactions in one request: what a request costs is paid once for all of them
/// (docs/ledger.md §6.1).
public final class BatchRoutes {
    private static final Schema EACH = Schema.list(Became.class);

    private final Served chain;
    private final Duration inclusionTimeMax;

    /// @param inclusionTimeMax how long an answer waits for the last of them
    public BatchRoutes(Served chain, Duration inclusionTimeMax) {
        this.chain = chain;
        this.inclusionTimeMax = inclusionTimeMax;
    }

    /// What became of one of them.
    ///
    /// @param status of its receipt; or WAITING, or REFUSED: then it never comes to be in a block
    private record Became(
            Digest id,
            String status,
            Optional<Long> height,
            Optional<Integer> index,
            Optional<String> code,
            String detail) {

        static Became of(Digest id, Parsed<Inclusion> how) {
            return switch (how) {
                case Parsed.Value<Inclusion>(Inclusion inclusion) -> included(id, inclusion);
                case Parsed.Refused<Inclusion>(Verdict.Rejected(Fault fault, String why)) ->
                        new Became(
                                id,
                                "REFUSED",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(fault.name()),
                                why);
            };
        }

        private static Became included(Digest id, Inclusion inclusion) {
            Receipt receipt = inclusion.receipt();
            return new Became(
                    id,
                    receipt.status().name(),
                    Optional.of(inclusion.height()),
                    Optional.of(inclusion.index()),
                    Fault.numbered(receipt.fault()).map(Fault::name),
                    inclusion.words());
        }

        static Became waiting(Digest id) {
            return new Became(
                    id, "WAITING", Optional.empty(), Optional.empty(), Optional.empty(), "");
        }
    }

    private sealed interface Sent {
        record Ended(Digest id, Parsed<Inclusion> how) implements Sent {}

        record Waits(Ticket ticket) implements Sent {}
    }

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/transactions/batch",
                        Limits.standard()
                                .bodySizeMax(Batch.FORMAT.sizeMax())
                                .mediaTypes("application/octet-stream"),
                        Answers.json(200, EACH, this::take).or(202, EACH));
    }

    private Reply take(Request request) throws InterruptedException {
        return switch (Batch.FORMAT.decode(request.body())) {
            case Parsed.Refused<Batch>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Batch>(Batch(List<SignedTransaction> transactions)) ->
                    answered(transactions, TransactionRoutes.isPatient(request));
        };
    }

    private Reply answered(List<SignedTransaction> transactions, boolean patient)
            throws InterruptedException {
        List<Sent> sent = transactions.stream().map(this::submit).toList();
        long end = System.nanoTime() + (patient ? inclusionTimeMax.toNanos() : 0);
        boolean isWhole = true;
        Became[] became = new Became[sent.size()];
        for (int index = 0; index < became.length; index++) {
            became[index] =
                    switch (sent.get(index)) {
                        case Sent.Ended(Digest id, Parsed<Inclusion> how) -> Became.of(id, how);
                        case Sent.Waits(Ticket ticket) -> {
                            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                            yield ticket.await(left)
                                    .map(how -> Became.of(ticket.id(), how))
                                    .orElseGet(() -> Became.waiting(ticket.id()));
                        }
                    };
            isWhole &= !became[index].status.equals("WAITING");
        }
        return Reply.json(isWhole ? 200 : 202, List.of(became));
    }

    /// Each by itself: that one is refused says nothing of the others, but for those behind it of
    /// the same account.
    private Sent submit(SignedTransaction signed) {
        Digest id = signed.id();
        Optional<Inclusion> before = chain.find(id);
        if (before.isPresent()) {
            return new Sent.Ended(id, Parsed.of(before.get()));
        }
        return switch (chain.submit(signed)) {
            case Parsed.Value<Ticket>(Ticket ticket) -> new Sent.Waits(ticket);
            // It may have been included between the two looks.
            case Parsed.Refused<Ticket>(Verdict.Rejected why) ->
                    new Sent.Ended(
                            id,
                            chain.find(id)
                                    .map(Parsed::of)
                                    .orElseGet(() -> new Parsed.Refused<>(why)));
        };
    }
}
