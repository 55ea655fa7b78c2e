package org.entente.chain.http;

import org.entente.chain.Clause;
import org.entente.chain.Effect;
import org.entente.chain.Pact;
import org.entente.chain.Whole;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pact.Pacts;
import org.entente.chain.state.StateKey;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Which pacts stand, and what each still waits for (docs/ledger.md §11.6).
public final class PactRoutes {
    private static final int PAGE_COUNT_MAX = 64;

    private final Served chain;
    private final InstantSource clock;

    public PactRoutes(Served chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /// @param ripe whether a block that is made now could bring it to its end
    /// @param why it is not
    record PactView(
            Digest id,
            VerifyingKey owner,
            String until,
            List<ClauseView> clauses,
            List<EffectView> effects,
            boolean ripe,
            Optional<String> why) {}

    /// @param holds at this time
    record ClauseView(
            String kind,
            Optional<String> inbox,
            Optional<Bytes> key,
            Optional<Bytes> value,
            Optional<Long> number,
            Optional<String> time,
            boolean holds) {}

    record EffectView(String kind, Bytes key, Optional<Bytes> value, Optional<Long> amount) {}

    record PactsView(long height, List<PactView> pacts, boolean more) {}

    record ProvedView(long height, PactView pact, Bytes key, Bytes header, Bytes proof) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/pacts", Answers.json(PactsView.class, this::list))
                .get("/v1/pacts/{id}", Answers.json(ProvedView.class, this::one));
    }

    private Reply list(Request request) {
        return switch (Asked.digest(request.queried("after").orElse(Digest.ZERO.hex()))) {
            case Parsed.Refused<Digest>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Digest>(Digest after) -> {
                Ledger last = chain.last();
                List<Digest> ids =
                        new Pacts(last.state())
                                .ids().stream().filter(id -> id.compareTo(after) > 0).toList();
                yield Reply.json(
                        new PactsView(
                                last.height(),
                                ids.stream()
                                        .limit(PAGE_COUNT_MAX)
                                        .flatMap(id -> view(last, id).stream())
                                        .toList(),
                                ids.size() > PAGE_COUNT_MAX));
            }
        };
    }

    private Reply one(Request request) {
        return switch (Asked.digest(request.parameter("id"))) {
            case Parsed.Refused<Digest>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Digest>(Digest id) -> {
                Ledger last = chain.last();
                StateKey place = StateKey.pact(id);
                yield view(last, id)
                        .map(view ->
                                Reply.json(
                                        new ProvedView(
                                                last.height(),
                                                view,
                                                StateKey.FORMAT.encode(place),
                                                StateRoutes.header(last),
                                                StateRoutes.proof(last, place))))
                        .orElseGet(() ->
                                Reply.problem(
                                        Verdict.rejected(
                                                Fault.NOT_FOUND, "no pact stands as " + id)));
            }
        };
    }

    private Optional<PactView> view(Ledger last, Digest id) {
        Instant now = clock.instant();
        Instant time = last.head().header().time();
        return new Pacts(last.state())
                .find(id)
                .map(standing -> view(last, id, standing, now.isBefore(time) ? time : now));
    }

    private static PactView view(Ledger last, Digest id, Pact.Standing standing, Instant time) {
        Pacts pacts = new Pacts(last.state());
        Pact pact = standing.pact();
        Verdict ripe = pacts.ripe(id, time);
        return new PactView(
                id,
                standing.owner(),
                pact.until().toString(),
                pact.clauses().stream().map(each -> clause(each, pacts.holds(each, time))).toList(),
                pact.effects().stream().map(PactRoutes::effect).toList(),
                ripe.isAccepted(),
                ripe instanceof Verdict.Rejected why
                        ? Optional.of(why.detail())
                        : Optional.empty());
    }

    private static ClauseView clause(Clause clause, boolean holds) {
        return switch (clause) {
            case Clause.Holds(Clause.Where where, Bytes value) ->
                    at("holds", where, Optional.of(value), Optional.empty(), holds);
            case Clause.Exists(Clause.Where where) ->
                    at("exists", where, Optional.empty(), Optional.empty(), holds);
            case Clause.Absent(Clause.Where where) ->
                    at("absent", where, Optional.empty(), Optional.empty(), holds);
            case Clause.AtLeast(Clause.Where where, Whole least) ->
                    at("atLeast", where, Optional.empty(), Optional.of(least.number()), holds);
            case Clause.AtMost(Clause.Where where, Whole most) ->
                    at("atMost", where, Optional.empty(), Optional.of(most.number()), holds);
            case Clause.Since(Instant time) ->
                    new ClauseView(
                            "since",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(time.toString()),
                            holds);
        };
    }

    private static ClauseView at(
            String kind,
            Clause.Where where,
            Optional<Bytes> value,
            Optional<Long> number,
            boolean holds) {
        return new ClauseView(
                kind,
                Optional.of(where.inbox()).filter(inbox -> !inbox.isEmpty()),
                Optional.of(where.key()),
                value,
                number,
                Optional.empty(),
                holds);
    }

    private static EffectView effect(Effect effect) {
        return switch (effect) {
            case Effect.Put(Bytes key, Bytes value) ->
                    new EffectView("put", key, Optional.of(value), Optional.empty());
            case Effect.Delete(Bytes key) ->
                    new EffectView("delete", key, Optional.empty(), Optional.empty());
            case Effect.Add(Bytes key, Whole amount) ->
                    new EffectView("add", key, Optional.empty(), Optional.of(amount.number()));
        };
    }
}
