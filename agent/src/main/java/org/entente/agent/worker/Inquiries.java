package org.entente.agent.worker;

import org.entente.agent.Answer;
import org.entente.agent.Event;
import org.entente.agent.Question;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Finds answers for one seat: at chains and at the relay. Plain waiting code; each question has a
/// virtual thread of its own.
final class Inquiries {
    private static final Duration DOCUMENT_TIME_MAX = Duration.ofSeconds(30);

    private final AllianceId alliance;
    private final RelayClient relay;
    private final ChainAccess chains;

    Inquiries(AllianceId alliance, RelayClient relay, ChainAccess chains) {
        this.alliance = alliance;
        this.relay = relay;
        this.chains = chains;
    }

    Answer answer(Question question) throws InterruptedException {
        return switch (question) {
            case Question.Keys(var chain, var _) -> chains.answer(chain, question);
            case Question.Head(var chain) -> chains.answer(chain, question);
            case Question.Function(var chain, var _) -> chains.answer(chain, question);
            case Question.InboxAt(var chain, var _) -> chains.answer(chain, question);
            case Question.OutcomeAt(var chain, var _, var _) -> chains.answer(chain, question);
            case Question.Prepare(var chain, var _) -> chains.answer(chain, question);
            case Question.Send(var chain, var _) -> chains.answer(chain, question);
            case Question.Upload(List<Bytes> values) -> upload(values);
            case Question.Document document -> document(document);
        };
    }

    private Answer upload(List<Bytes> values) throws InterruptedException {
        try {
            for (Bytes value : values) {
                RelayClient.Passed passed = relay.put(Digest.of(value), value);
                if (passed.status() < 200 || passed.status() > 299) {
                    return away("the relay took no payload: " + passed.status(), passed);
                }
            }
            return new Answer.Uploaded();
        } catch (RelayUnreachable e) {
            return new Answer.Away(String.valueOf(e.getMessage()));
        }
    }

    private Answer document(Question.Document asked) throws InterruptedException {
        String place =
                switch (asked.kind()) {
                    case DELIVERY -> "deliveries";
                    case CANCELLATION -> "cancellations";
                    case EPOCH -> "epochs";
                };
        try {
            RelayClient.Passed passed =
                    relay.get(
                            "/v1/alliances/" + alliance + "/" + place + "/" + asked.number(),
                            Delivery.FORMAT.sizeMax(),
                            DOCUMENT_TIME_MAX);
            return passed.status() == 200
                    ? new Answer.Document(passed.body())
                    : away("the relay gave no document: " + passed.status(), passed);
        } catch (RelayUnreachable e) {
            return new Answer.Away(String.valueOf(e.getMessage()));
        }
    }

    private static Answer away(String words, RelayClient.Passed passed) {
        return passed.status() >= 500 || passed.status() == 429
                ? new Answer.Away(words)
                : new Answer.Refused(Verdict.rejected(Fault.NOT_FOUND, words));
    }

    Event follow(long from) throws InterruptedException {
        try {
            return switch (Frame.all(relay.records(alliance.toString(), from), Frame.End.WHOLE)
                    .then(Inquiries::records)) {
                case Parsed.Value<List<EntryRecord>>(List<EntryRecord> records) ->
                        new Event.Followed(from, records);
                case Parsed.Refused<List<EntryRecord>>(var why) ->
                        new Event.Unfollowed(why.toString());
            };
        } catch (RelayUnreachable e) {
            return new Event.Unfollowed(String.valueOf(e.getMessage()));
        }
    }

    private static Parsed<List<EntryRecord>> records(List<Frame> frames) {
        List<EntryRecord> records = new ArrayList<>();
        for (Frame frame : frames) {
            switch (Entry.FORMAT.decode(frame.entry())) {
                case Parsed.Value<Entry>(Entry entry) ->
                        records.add(new EntryRecord(entry, frame.change(), frame.approvals()));
                case Parsed.Refused<Entry>(var why) -> {
                    return new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(List.copyOf(records));
    }
}
