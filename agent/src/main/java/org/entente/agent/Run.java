package org.entente.agent;

import org.entente.adapter.Called;
import org.entente.adapter.Held;
import org.entente.adapter.Seen;
import org.entente.adapter.Snapshot;
import org.entente.endorsement.ExchangeBook;
import org.entente.endorsement.Reach;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.exchange.WriteSet;
import org.entente.registry.Alliance;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run of a node contract: from its program to what is asked of the source chain, and from the
/// answer to read and write sets. The same on every agent whose chain and log are the same.
record Run(Flow flow, NodeContract contract, Program program) {

    /// What a request asks for. Only keys within the flow's resources are ever read, so that no
    /// request makes an agent show others.
    static Parsed<Run> of(Alliance alliance, Request request, Bytes arguments) {
        if (!Digest.of(arguments).equals(request.arguments())) {
            return Parsed.refused(Fault.UNBOUND, "the request names other arguments");
        }
        FlowName name = new FlowName(request.contract(), request.flow());
        Optional<Flow> flow = alliance.charter().terms().flow(name);
        Optional<NodeContract> contract =
                Optional.ofNullable(alliance.charter().terms().nodeContracts().get(name));
        if (flow.isEmpty() || contract.isEmpty()) {
            return Parsed.refused(Fault.UNKNOWN_FLOW, name.toString());
        }
        return Program.of(contract.get().program(), arguments)
                .then(program -> new Run(flow.get(), contract.get(), program).within());
    }

    private Parsed<Run> within() {
        Reach reach = new Reach(flow);
        if (program instanceof Program.Copy(List<Program.Pair> pairs)) {
            for (Program.Pair pair : pairs) {
                if (!reach.mayRead(Place.own(source(), pair.from()))) {
                    return outside(Place.own(source(), pair.from()));
                }
            }
        }
        for (Bytes key : targets()) {
            if (!reach.mayWrite(target(key))) {
                return outside(target(key));
            }
        }
        return Parsed.of(this);
    }

    private static <T> Parsed<T> outside(Place place) {
        return Parsed.refused(Fault.RESOURCE_OUTSIDE, Reach.words(place));
    }

    ChainId source() {
        return flow.source().chain();
    }

    private Place target(Bytes key) {
        return new Place(flow.destination().chain(), flow.destination().inbox(), key);
    }

    private List<Bytes> targets() {
        return switch (program) {
            case Program.Copy(List<Program.Pair> pairs) ->
                    pairs.stream().map(Program.Pair::to).toList();
            case Program.Ask(_, Bytes to) -> List.of(to);
        };
    }

    Question question() {
        return switch (program) {
            case Program.Copy(List<Program.Pair> pairs) ->
                    new Question.Keys(
                            source(),
                            Sorted.copyOf(
                                    pairs.stream()
                                            .map(pair -> Place.own(source(), pair.from()))
                                            .toList()));
            case Program.Ask ask -> new Question.Function(source(), ask.call());
        };
    }

    /// What follows from the chain's answer and from the log as it is now.
    Parsed<Executed> executed(Answer answer, ExchangeBook book) {
        return switch (answer) {
            case Answer.Keys(Seen<Snapshot> seen) ->
                    known(seen, source()).then(snapshot -> copied(snapshot, book));
            case Answer.Function(Seen<Called> seen) ->
                    known(seen, source()).then(called -> called(called, book));
            case Answer.Away(String why) ->
                    Parsed.refused(Fault.CHAIN_UNREACHABLE, source() + ": " + why);
            case Answer.Refused(Verdict.Rejected why) -> new Parsed.Refused<>(why);
            case Answer other -> throw new IllegalStateException("no answer to a run: " + other);
        };
    }

    /// What a chain said, or why nobody goes on with it.
    static <T> Parsed<T> known(Seen<T> seen, ChainId chain) {
        return switch (seen) {
            case Seen.Known<T>(T value) -> Parsed.of(value);
            case Seen.Refused<T>(Verdict.Rejected why) -> new Parsed.Refused<>(why);
            case Seen.Doubted<T>(Verdict.Rejected why) ->
                    Parsed.refused(Fault.CHAIN_UNREACHABLE, chain + ": " + why);
            case Seen.Disputed<T>(String why) ->
                    Parsed.refused(Fault.SOURCES_DISAGREE, chain + ": " + why);
            case Seen.FinalityBroken<T>(var followed, var found, var _) ->
                    Parsed.refused(
                            Fault.FINALITY_BROKEN,
                            chain + ": " + followed + " was final, there is " + found);
        };
    }

    private Parsed<Executed> copied(Snapshot snapshot, ExchangeBook book) {
        TreeMap<Bytes, Bytes> values = new TreeMap<>();
        TreeMap<Bytes, Bytes> held = new TreeMap<>();
        for (Held each : snapshot.held()) {
            each.value().ifPresent(value -> held.put(each.place().key(), value));
        }
        if (program instanceof Program.Copy(List<Program.Pair> pairs)) {
            for (Program.Pair pair : pairs) {
                Bytes value = held.get(pair.from());
                if (value == null) {
                    return Parsed.refused(
                            Fault.RESOURCE_ABSENT, Reach.words(Place.own(source(), pair.from())));
                }
                values.put(pair.to(), value);
            }
        }
        return sets(snapshot, values, book);
    }

    private Parsed<Executed> called(Called called, ExchangeBook book) {
        TreeMap<Bytes, Bytes> values = new TreeMap<>();
        targets().forEach(key -> values.put(key, called.result()));
        return sets(called.read(), values, book);
    }

    private Parsed<Executed> sets(
            Snapshot snapshot, TreeMap<Bytes, Bytes> values, ExchangeBook book) {
        Reach reach = new Reach(flow);
        TreeMap<Place, Read> reads = new TreeMap<>();
        for (Held each : snapshot.held()) {
            if (!reach.mayRead(each.place())) {
                return outside(each.place());
            }
            reads.put(
                    each.place(),
                    new Read(
                            each.place(),
                            each.version(),
                            Digest.of(each.value().orElse(Bytes.EMPTY))));
        }
        List<Write> writes = new ArrayList<>();
        long size = 0;
        for (Map.Entry<Bytes, Bytes> each : values.entrySet()) {
            Place place = target(each.getKey());
            reads.put(place, base(place, book));
            writes.add(new Write(place, each.getValue().size(), Digest.of(each.getValue())));
            size += each.getValue().size();
        }
        long sizeMax = Math.min(flow.limits().payloadBytesMax(), Delivery.VALUES_SIZE_BYTES_MAX);
        if (size > sizeMax || reads.size() > ReadSet.COUNT_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    size + " bytes and " + reads.size() + " reads, the flow allows " + sizeMax);
        }
        if (fitting(values) instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        return Parsed.of(
                new Executed(
                        contract.digest(),
                        new ReadSet(List.copyOf(reads.values())),
                        new WriteSet(writes),
                        List.copyOf(values.values()),
                        Bytes.EMPTY));
    }

    /// Whether every value is what the flow's payload schema demands.
    private Verdict fitting(SortedMap<Bytes, Bytes> values) {
        Verdict verdict = Verdict.accepted();
        for (Map.Entry<Bytes, Bytes> each : values.entrySet()) {
            verdict = verdict.and(() -> fitting(each.getKey(), each.getValue()));
        }
        return verdict;
    }

    private Verdict fitting(Bytes key, Bytes value) {
        return flow.payloadSchema().map(schema -> schema.check(value)).orElseGet(Verdict::accepted)
                        instanceof Verdict.Rejected why
                ? Verdict.rejected(why.fault(), Reach.words(target(key)) + ": " + why.detail())
                : Verdict.accepted();
    }

    /// A key that is written, as the alliance's log has it.
    private static Read base(Place place, ExchangeBook book) {
        return book.newestWritten(place)
                .map(written ->
                        new Read(place, ExchangeBook.version(written.serial()), written.value()))
                .orElseGet(() -> new Read(place, new Version.Absent(), Digest.of(Bytes.EMPTY)));
    }
}
