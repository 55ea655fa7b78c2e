package org.entente.chain.http;

import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Header;
import org.entente.chain.execution.Ledger;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// Which chain this is, how far it is, and its blocks (docs/ledger.md §6.2).
public final class ChainRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Served chain;
    private final String cryptography;

    public ChainRoutes(Served chain, String cryptography) {
        this.chain = chain;
        this.cryptography = cryptography;
    }

    /// @param head the newest block, which may be replaced before it is final
    /// @param last the newest final one
    record Status(
            ChainId chain,
            Name consensus,
            Digest genesis,
            VerifyingKey owner,
            Point head,
            Point last,
            int waiting,
            String cryptography) {}

    record Point(long height, Digest digest, String time) {
        static Point of(Header header) {
            return new Point(header.height(), header.digest(), header.time().toString());
        }
    }

    /// @param bytes of the certified header
    record HeaderView(
            long height,
            Digest digest,
            Digest previous,
            String time,
            int transactions,
            Digest transactionsRoot,
            Digest receiptsRoot,
            Digest stateRoot,
            VerifyingKey creator,
            Bytes bytes) {
        static HeaderView of(CertifiedHeader certified) {
            Header header = certified.header();
            return new HeaderView(
                    header.height(),
                    header.digest(),
                    header.previous(),
                    header.time().toString(),
                    header.transactionCount(),
                    header.transactionsRoot(),
                    header.receiptsRoot(),
                    header.stateRoot(),
                    header.creator(),
                    CertifiedHeader.FORMAT.encode(certified));
        }
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/status", Answers.json(Status.class, _ -> Reply.json(status())))
                .get(
                        "/v1/genesis",
                        _ -> Reply.bytes(OCTETS, Genesis.FORMAT.encode(chain.last().genesis())))
                .get(
                        "/v1/headers/{height}",
                        Answers.json(
                                HeaderView.class,
                                request ->
                                        kept(
                                                request,
                                                chain::header,
                                                it -> Reply.json(HeaderView.of(it)))))
                .get(
                        "/v1/blocks/{height}",
                        request ->
                                kept(
                                        request,
                                        chain::block,
                                        it -> Reply.bytes(OCTETS, Block.FORMAT.encode(it))));
    }

    private Status status() {
        Ledger last = chain.last();
        return new Status(
                last.genesis().chain(),
                last.genesis().consensus(),
                last.genesis().digest(),
                last.genesis().owner(),
                Point.of(chain.head().head().header()),
                Point.of(last.head().header()),
                chain.waiting(),
                cryptography);
    }

    /// What there is of each height.
    @FunctionalInterface
    private interface Kept<T> {
        Optional<T> at(long height) throws IOException;
    }

    private <T> Reply kept(Request request, Kept<T> kept, Function<T, Reply> view)
            throws IOException {
        return switch (Asked.number(request.parameter("height"))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long height) ->
                    kept.at(height).map(view).orElseGet(() -> Reply.problem(none(height, chain)));
        };
    }

    /// Why there is no block of a height.
    public static Verdict.Rejected none(long height, Served chain) {
        String from =
                height < chain.first()
                        ? "; this node has blocks from " + chain.first() + " on"
                        : "";
        return Verdict.rejected(Fault.NOT_FOUND, "no block " + height + from);
    }
}
