package org.entente.chain.http;

import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Handler;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;

import java.time.Duration;
import java.util.Optional;

/// Transactions in, and what became of them (docs/ledger.md §6.1). The same transaction again, by
/// its id, is answered as it was.
public final class TransactionRoutes {
    private final Served chain;
    private final Duration inclusionTimeMax;

    /// @param inclusionTimeMax how long an answer waits for the block
    public TransactionRoutes(Served chain, Duration inclusionTimeMax) {
        this.chain = chain;
        this.inclusionTimeMax = inclusionTimeMax;
    }

    record Included(
            Digest id,
            long height,
            int index,
            String status,
            Optional<String> code,
            String detail,
            Bytes result,
            Bytes receipt) {
        static Included of(Digest id, Inclusion inclusion) {
            Receipt receipt = inclusion.receipt();
            return new Included(
                    id,
                    inclusion.height(),
                    inclusion.index(),
                    receipt.status().name(),
                    Fault.numbered(receipt.fault()).map(Fault::name),
                    inclusion.words(),
                    receipt.result(),
                    Receipt.FORMAT.encode(receipt));
        }
    }

    /// @param status INCLUDED: in a block that is not final, and may yet be replaced
    /// @param height of that block
    record Waiting(Digest id, String status, Optional<Long> height) {}

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/transactions",
                        Limits.standard()
                                .bodySizeMax(SignedTransaction.SIZE_BYTES_MAX)
                                .mediaTypes("application/octet-stream"),
                        included(this::take))
                .get("/v1/transactions/{id}", included(this::find));
    }

    private static Handler included(Handler handler) {
        return Answers.json(Included.class, handler).or(202, Schema.of(Waiting.class));
    }

    private Reply take(Request request) throws InterruptedException {
        return switch (SignedTransaction.FORMAT.decode(request.body())) {
            case Parsed.Refused<SignedTransaction>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<SignedTransaction>(SignedTransaction signed) -> {
                Digest id = signed.id();
                Optional<Inclusion> before = chain.find(id);
                yield before.isPresent()
                        ? Reply.json(Included.of(id, before.get()))
                        : submit(signed, id, isPatient(request));
            }
        };
    }

    static boolean isPatient(Request request) {
        return request.headers().all("prefer").stream()
                .noneMatch(value -> value.contains("respond-async"));
    }

    private Reply submit(SignedTransaction signed, Digest id, boolean patient)
            throws InterruptedException {
        return switch (chain.submit(signed)) {
            case Parsed.Refused<Ticket>(Verdict.Rejected why) -> refused(id, why);
            case Parsed.Value<Ticket>(Ticket ticket) -> {
                Optional<Parsed<Inclusion>> end =
                        patient ? ticket.await(inclusionTimeMax) : Optional.empty();
                yield end.map(how -> ended(id, how)).orElseGet(() -> waiting(id));
            }
        };
    }

    private Reply waiting(Digest id) {
        Optional<Long> height = chain.pending(id);
        String status = height.isPresent() ? "INCLUDED" : "WAITING";
        return Reply.json(202, new Waiting(id, status, height))
                .with("location", "/v1/transactions/" + id);
    }

    /// It may have been included between the two looks.
    private Reply refused(Digest id, Verdict.Rejected why) {
        return chain.find(id)
                .map(inclusion -> Reply.json(Included.of(id, inclusion)))
                .orElseGet(() -> Reply.problem(why));
    }

    private static Reply ended(Digest id, Parsed<Inclusion> how) {
        return switch (how) {
            case Parsed.Value<Inclusion>(Inclusion inclusion) ->
                    Reply.json(Included.of(id, inclusion));
            case Parsed.Refused<Inclusion>(Verdict.Rejected why) -> Reply.problem(why);
        };
    }

    private Reply find(Request request) {
        return switch (Asked.digest(request.parameter("id"))) {
            case Parsed.Refused<Digest>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Digest>(Digest id) ->
                    chain.find(id)
                            .map(inclusion -> Reply.json(Included.of(id, inclusion)))
                            .or(() -> chain.pending(id).map(_ -> waiting(id)))
                            .orElseGet(() ->
                                    Reply.problem(
                                            Verdict.rejected(
                                                    Fault.NOT_FOUND,
                                                    "not among the last transactions: " + id)));
        };
    }
}
