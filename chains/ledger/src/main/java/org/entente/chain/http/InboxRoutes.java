package org.entente.chain.http;

import org.entente.chain.execution.Ledger;
import org.entente.chain.inbox.Inbox;
import org.entente.chain.inbox.Records;
import org.entente.chain.state.StateKey;
import org.entente.chain.worker.Served;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.log.Settlement;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// What inbox contracts keep, with proofs (docs/ledger.md §6.5).
public final class InboxRoutes {
    private final Served chain;

    public InboxRoutes(Served chain) {
        this.chain = chain;
    }

    record InboxView(
            String address,
            Digest code,
            AllianceId alliance,
            VerifyingKey owner,
            List<EpochView> epochs,
            List<Bytes> closed,
            long height) {}

    /// @param from the first serial of its range
    record EpochView(long epoch, long from, Digest digest) {}

    /// @param end empty: the serial has not ended here; the proof proves that as well
    record OutcomeView(
            long serial,
            Optional<String> end,
            Optional<String> code,
            Optional<Bytes> settlement,
            Bytes key,
            long height,
            Bytes header,
            Bytes proof) {}

    public Routes routes() {
        return Routes.none()
                .get(
                        "/v1/inbox/{address}",
                        Answers.json(InboxView.class, request -> inbox(request, InboxRoutes::view)))
                .get(
                        "/v1/inbox/{address}/outcomes/{serial}",
                        Answers.json(OutcomeView.class, this::outcome));
    }

    private Reply inbox(Request request, BiFunction<Ledger, Records, Reply> answer) {
        Ledger head = chain.last();
        String address = request.parameter("address");
        Parsed<Records> records =
                Asked.made(
                        address,
                        it -> {
                            Place.requireInbox(it);
                            return new Records(head.state(), it);
                        });
        return switch (records) {
            case Parsed.Refused<Records>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Records>(Records it) ->
                    it.owner().isPresent()
                            ? answer.apply(head, it)
                            : Reply.problem(
                                    Verdict.rejected(
                                            Fault.NOT_FOUND, "no inbox contract at " + address));
        };
    }

    private static Reply view(Ledger head, Records records) {
        Records.Epoch newest = records.newest();
        List<EpochView> epochs = new ArrayList<>();
        for (long number = 0; number <= newest.record().epoch(); number++) {
            Records.Epoch epoch = records.epoch(number).orElseThrow();
            epochs.add(new EpochView(number, epoch.from(), epoch.record().digest()));
        }
        return Reply.json(
                new InboxView(
                        records.address(),
                        Inbox.CODE,
                        newest.record().id(),
                        records.owner().orElseThrow(),
                        epochs,
                        records.closed(),
                        head.height()));
    }

    private Reply outcome(Request request) {
        return switch (Asked.number(request.parameter("serial"))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long serial) ->
                    inbox(request, (head, records) -> outcome(head, records, serial));
        };
    }

    private static Reply outcome(Ledger head, Records records, long serial) {
        Optional<Settlement> outcome = records.outcome(serial);
        StateKey place = Records.outcomeKey(records.address(), serial);
        return Reply.json(
                new OutcomeView(
                        serial,
                        outcome.map(it -> it.end().name()),
                        outcome.flatMap(it -> Fault.numbered(it.fault())).map(Fault::name),
                        outcome.map(Settlement.FORMAT::encode),
                        place.key(),
                        head.height(),
                        StateRoutes.header(head),
                        StateRoutes.proof(head, place)));
    }
}
