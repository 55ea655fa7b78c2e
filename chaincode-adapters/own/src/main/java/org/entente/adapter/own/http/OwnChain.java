package org.entente.adapter.own.http;

import org.entente.adapter.Call;
import org.entente.adapter.Called;
import org.entente.adapter.Chain;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Held;
import org.entente.adapter.Inbox;
import org.entente.adapter.InboxCall;
import org.entente.adapter.Point;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.Proved;
import org.entente.adapter.own.StateKey;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/// One of our own chains through the HTTP API of its nodes, which are not trusted: what they say is
/// proved under headers that the chain's consensus made final (docs/adapters.md §5).
public final class OwnChain implements Chain {
    private final OwnChainConfiguration configuration;
    private final Followed followed;
    private final Sources sources;
    private final Trust trust;
    private final Posting posting;

    /// @param account of the deliverer on this chain
    public OwnChain(OwnChainConfiguration configuration, Signer account, Verifier verifier) {
        this(configuration, account, verifier, _ -> {});
    }

    /// @param whenFollowed told of each later final block that is followed, for the caller's
    ///   journal
    public OwnChain(
            OwnChainConfiguration configuration,
            Signer account,
            Verifier verifier,
            Consumer<Point> whenFollowed) {
        this.configuration = configuration;
        this.followed = new Followed(configuration.followed(), whenFollowed);
        this.sources =
                new Sources(
                        configuration.nodes().stream().map(this::source).toList(),
                        configuration.agreeing(),
                        followed);
        this.trust = new Trust(configuration.chain(), configuration.genesis(), verifier);
        this.posting = new Posting(configuration.chain(), sources, account);
    }

    private Source source(Node node) {
        return new Source(
                new Wire(node, configuration.connectTimeMax(), configuration.answerTimeMax()));
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
        if (places.size() > Snapshot.COUNT_MAX
                || places.stream().anyMatch(place -> !place.chain().equals(id()))) {
            throw new IllegalArgumentException(
                    "at most " + Snapshot.COUNT_MAX + " keys of " + id() + " are read at once");
        }
        List<Question> questions = places.stream().map(Question::of).toList();
        return view(questions, deadline()).map(this::snapshot);
    }

    @Override
    public Seen<Called> call(Call call) throws ChainUnreachable, InterruptedException {
        Deadline deadline = deadline();
        return switch (trust.finality(sources, deadline)) {
            case Seen.Known<Finality>(Finality finality) ->
                    new CallQuestion(sources, finality, call)
                            .ask(deadline)
                            .map(it -> new Called(it.result(), snapshot(it.view())));
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
    public Seen<Optional<Settlement>> outcome(String inbox, long serial)
            throws ChainUnreachable, InterruptedException {
        Place.requireInbox(inbox);
        return view(List.of(Question.outcome(inbox, serial)), deadline())
                .then(it -> settlement(it, inbox, serial));
    }

    private Seen<Source.View> view(Collection<Question> questions, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        return switch (trust.finality(sources, deadline)) {
            case Seen.Known<Finality>(Finality finality) ->
                    sources.agreed(
                            source -> source.read(questions, finality, deadline),
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

    private Snapshot snapshot(Source.View view) {
        List<Held> held = new ArrayList<>();
        for (Proved each : view.answers()) {
            Version version = new Version.Absent();
            if (each.leaf().isPresent()) {
                version = each.leaf().get().version();
            }
            held.add(new Held(place(each.key()), version, each.value()));
        }
        return new Snapshot(view.certified().header().point(), held.stream().sorted().toList());
    }

    private Place place(StateKey key) {
        return new Place(id(), key.namespace(), key.key());
    }

    private Seen<Optional<Settlement>> settlement(Source.View view, String inbox, long serial) {
        Optional<Bytes> bytes = view.answers().stream().findFirst().flatMap(Proved::value);
        if (bytes.isEmpty()) {
            return Seen.of(Optional.empty());
        }
        return switch (Settlement.FORMAT.decode(bytes.get())) {
            case Parsed.Refused<Settlement>(Verdict.Rejected why) -> new Seen.Doubted<>(why);
            case Parsed.Value<Settlement>(Settlement settlement) ->
                    settlement.serial() == serial
                                    && settlement.inbox().equals(inbox)
                                    && settlement.chain().equals(id())
                            ? Seen.of(Optional.of(settlement))
                            : new Seen.Doubted<>(
                                    Verdict.rejected(
                                            Fault.UNBOUND,
                                            "the outcome of " + serial + " is " + settlement));
        };
    }

    private Deadline deadline() {
        return Deadline.in(configuration.timeMax());
    }

    @Override
    public void close() {
        sources.close();
    }
}
