package org.entente.adapter.own.http;

import org.entente.adapter.Call;
import org.entente.adapter.Called;
import org.entente.adapter.Chain;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Held;
import org.entente.adapter.Inbox;
import org.entente.adapter.InboxCall;
import org.entente.adapter.Ladder;
import org.entente.adapter.Point;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.adapter.Trail;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.Proved;
import org.entente.adapter.own.Sight;
import org.entente.adapter.own.StateKey;
import org.entente.adapter.own.Verifiers;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One of our own chains through the HTTP API of its nodes, which are not trusted: what they say is
/// proved under headers that the chain's consensus made final (docs/adapters.md §5).
public final class OwnChain implements Chain {
    private final OwnChainConfiguration configuration;
    private final Followed followed;
    private final Sources sources;
    private final Trust trust;
    private final Posting posting;

    /// @param account of the deliverer on this chain
    public OwnChain(OwnChainConfiguration configuration, Signer account, Verifiers verifiers) {
        this(configuration, account, verifiers, Trail.NONE);
    }

    /// @param trail in the caller's journal
    public OwnChain(
            OwnChainConfiguration configuration, Signer account, Verifiers verifiers, Trail trail) {
        this.configuration = configuration;
        this.followed = new Followed(Ladder.of(configuration.followed()), trail);
        this.sources =
                new Sources(
                        configuration.nodes().stream().map(this::source).toList(),
                        configuration.agreeing(),
                        followed);
        this.trust = new Trust(configuration.chain(), configuration.genesis(), verifiers);
        this.posting = new Posting(configuration.chain(), sources, account);
    }

    private Source source(Node node) {
        TreeSet<Long> looked = new TreeSet<>();
        configuration.followed().forEach(point -> looked.add(point.height()));
        return new Source(
                new Wire(node, configuration.connectTimeMax(), configuration.answerTimeMax()),
                Sorted.copyOf(looked));
    }

    @Override
    public ChainId id() {
        return configuration.chain();
    }

    @Override
    public Seen<Point> head() throws ChainUnreachable, InterruptedException {
        Deadline deadline = deadline();
        return view(List.of(), deadline).map(it -> it.certified().header().point());
    }

    @Override
    public Seen<Snapshot> read(SortedSet<Place> places)
            throws ChainUnreachable, InterruptedException {
        requireFew(places);
        if (places.stream().anyMatch(place -> !place.chain().equals(id()))) {
            throw new IllegalArgumentException("only keys of " + id() + " are read here");
        }
        return switch (Sight.all(places)) {
            case Parsed.Refused<List<Sight>>(Verdict.Rejected why) -> new Seen.Refused<>(why);
            case Parsed.Value<List<Sight>>(List<Sight> sights) -> read(sights);
        };
    }

    private Seen<Snapshot> read(List<Sight> sights) throws ChainUnreachable, InterruptedException {
        // Two places may show one key.
        List<StateKey> keys = sights.stream().map(Sight::key).distinct().toList();
        return view(keys, deadline()).then(view -> snapshot(view, sights));
    }

    private static Seen<Snapshot> snapshot(Source.View view, List<Sight> sights) {
        TreeMap<StateKey, Proved> proved = new TreeMap<>();
        view.answers().forEach(each -> proved.put(each.key(), each));
        List<Held> held = new ArrayList<>();
        for (Sight sight : sights) {
            Proved found = proved.get(sight.key());
            if (found == null) {
                throw new IllegalStateException("nothing is shown of " + sight.place());
            }
            switch (sight.held(found)) {
                case Parsed.Value<Held>(Held it) -> held.add(it);
                case Parsed.Refused<Held>(Verdict.Rejected why) -> {
                    return new Seen.Refused<>(why);
                }
            }
        }
        return Seen.of(
                new Snapshot(view.certified().header().point(), held.stream().sorted().toList()));
    }

    @Override
    public Seen<Called> call(Call call) throws ChainUnreachable, InterruptedException {
        Deadline deadline = deadline();
        return switch (trust.finality(sources, deadline)) {
            case Seen.Known<Finality>(Finality finality) ->
                    new CallQuestion(sources, finality, call).ask(deadline).then(this::called);
            case Seen<Finality> other -> other.then(_ -> unknown());
        };
    }

    @Override
    public Prepared prepare(InboxCall call) throws ChainUnreachable, InterruptedException {
        return posting.prepare(call, deadline());
    }

    @Override
    public Sending send(Prepared prepared) throws ChainUnreachable, InterruptedException {
        return posting.send(prepared, deadline());
    }

    @Override
    public Optional<Sending.Included> find(Prepared prepared)
            throws ChainUnreachable, InterruptedException {
        return posting.find(prepared, deadline());
    }

    @Override
    public Seen<Optional<Inbox>> inbox(String address)
            throws ChainUnreachable, InterruptedException {
        Place.requireInbox(address);
        Deadline deadline = deadline();
        long height = followed.newest().map(Point::height).orElse(0L);
        Optional<Seen<Optional<Inbox>>> broken = followed.broken();
        return broken.isPresent()
                ? broken.get()
                : new InboxQuestion(sources, height).ask(address, deadline);
    }

    @Override
    public Seen<SortedMap<Long, Settlement>> outcomes(String inbox, SortedSet<Long> serials)
            throws ChainUnreachable, InterruptedException {
        Place.requireInbox(inbox);
        requireFew(serials);
        List<StateKey> keys =
                serials.stream().map(serial -> StateKey.outcome(inbox, serial)).toList();
        return view(keys, deadline()).then(it -> settlements(it, inbox, serials));
    }

    private static void requireFew(SortedSet<?> asked) {
        if (asked.size() > Snapshot.COUNT_MAX) {
            throw new IllegalArgumentException(
                    asked.size() + " where " + Snapshot.COUNT_MAX + " are read at once");
        }
    }

    private Seen<Source.View> view(List<StateKey> keys, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        return switch (trust.finality(sources, deadline)) {
            case Seen.Known<Finality>(Finality finality) ->
                    sources.agreed(
                            source -> source.read(keys, finality, deadline),
                            it -> it,
                            finality,
                            deadline);
            case Seen<Finality> other -> other.then(_ -> unknown());
        };
    }

    /// For answers that are known not to be known.
    private static <T> Seen<T> unknown() {
        throw new IllegalStateException("a rule of finality is known");
    }

    /// What a function read: keys of the chain's own, of which no name of data hides one.
    private Seen<Called> called(CallQuestion.Answer answer) {
        List<StateKey> read = answer.view().answers().stream().map(Proved::key).toList();
        Parsed<List<Sight>> sights = Sight.all(read.stream().map(this::place).toList());
        boolean hidden =
                !sights.map(all -> all.stream().map(Sight::key).toList()).equals(Parsed.of(read));
        return hidden
                ? new Seen.Refused<>(
                        Verdict.rejected(
                                Fault.INVALID_VALUE,
                                "it reads a key of the chain's own that is named as data is"))
                : snapshot(answer.view(), sights.orThrow())
                        .map(snapshot -> new Called(answer.result(), snapshot));
    }

    private Place place(StateKey key) {
        return new Place(id(), key.namespace(), key.key());
    }

    /// The answers stand in the order of the serials, since their keys do.
    private Seen<SortedMap<Long, Settlement>> settlements(
            Source.View view, String inbox, SortedSet<Long> serials) {
        TreeMap<Long, Settlement> settlements = new TreeMap<>();
        Iterator<Long> serial = serials.iterator();
        for (Proved each : view.answers()) {
            long asked = serial.next();
            if (each.value().isPresent()) {
                switch (settlement(each.value().get(), inbox, asked)) {
                    case Parsed.Refused<Settlement>(Verdict.Rejected why) -> {
                        return new Seen.Doubted<>(why);
                    }
                    case Parsed.Value<Settlement>(Settlement settlement) ->
                            settlements.put(asked, settlement);
                }
            }
        }
        return Seen.of(settlements);
    }

    private Parsed<Settlement> settlement(Bytes bytes, String inbox, long serial) {
        return Settlement.FORMAT
                .decode(bytes)
                .then(settlement ->
                        settlement.serial() == serial
                                        && settlement.inbox().equals(inbox)
                                        && settlement.chain().equals(id())
                                ? Parsed.of(settlement)
                                : Parsed.refused(
                                        Fault.UNBOUND,
                                        "the outcome of " + serial + " is " + settlement));
    }

    private Deadline deadline() {
        return Deadline.in(configuration.timeMax());
    }

    @Override
    public void close() {
        sources.close();
    }
}
