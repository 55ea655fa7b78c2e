package org.entente.trials.simulation;

import org.entente.adapter.Call;
import org.entente.adapter.Prepared;
import org.entente.agent.Answer;
import org.entente.agent.Question;
import org.entente.chain.SignedTransaction;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/// Finds answers to what a seat asks of the world, at chains and at the relay.
final class Questions {
    private Questions() {}

    static void ask(
            World world,
            SimulatedAgent agent,
            SortedMap<ChainId, ChainView> views,
            Question question,
            Consumer<Answer> then) {
        switch (question) {
            case Question.Keys(ChainId chain, var places) ->
                    atChain(world, view(views, chain), view -> view.keys(places), then);
            case Question.Head(ChainId chain) ->
                    atChain(world, view(views, chain), ChainView::head, then);
            case Question.Function(ChainId chain, Call _) ->
                    atChain(world, view(views, chain), _ -> ChainView.unknownFunction(), then);
            case Question.InboxAt(ChainId chain, String address) ->
                    atChain(world, view(views, chain), view -> view.inbox(address), then);
            case Question.OutcomeAt(ChainId chain, String inbox, long serial) ->
                    atChain(world, view(views, chain), view -> view.outcome(inbox, serial), then);
            case Question.Prepare(ChainId chain, var call) ->
                    atChain(world, view(views, chain), view -> view.prepare(call), then);
            case Question.Send(ChainId chain, Prepared prepared) ->
                    send(world, view(views, chain).chain(), prepared, then);
            case Question.Upload(List<Bytes> values) ->
                    atRelay(
                            world,
                            agent,
                            () -> {
                                if (!agent.withholdsPayloads()) {
                                    values.forEach(world.relay()::store);
                                }
                                return Optional.of(new Answer.Uploaded());
                            },
                            then);
            case Question.Document(Question.Document.Kind kind, long number) ->
                    atRelay(world, agent, () -> Optional.of(document(world, kind, number)), then);
        }
    }

    private static ChainView view(SortedMap<ChainId, ChainView> views, ChainId chain) {
        ChainView view = views.get(chain);
        if (view == null) {
            throw new IllegalStateException(chain + " is not followed");
        }
        return view;
    }

    private static void atChain(
            World world,
            ChainView view,
            java.util.function.Function<ChainView, Answer> served,
            Consumer<Answer> then) {
        boolean lost = world.network().isLost();
        world.agenda()
                .plan(
                        world.network().delay(),
                        () -> {
                            Answer answer =
                                    lost || !view.chain().isReachable()
                                            ? SimulatedAgent.away("no answer")
                                            : served.apply(view);
                            world.agenda().plan(world.network().delay(), () -> then.accept(answer));
                        });
    }

    /// Lost on the way there, lost on the way back, or answered; what waits in a pool that a crash
    /// empties is never answered by the chain, so the adapter gives up after a while.
    private static void send(
            World world, SimulatedChain chain, Prepared prepared, Consumer<Answer> then) {
        boolean lost = world.network().isLost();
        boolean[] answered = new boolean[1];
        Consumer<Answer> once =
                answer -> {
                    if (!answered[0]) {
                        answered[0] = true;
                        then.accept(answer);
                    }
                };
        world.agenda()
                .plan(
                        world.network().delay(),
                        () -> {
                            if (!chain.isReachable()) {
                                once.accept(SimulatedAgent.away("no node takes it"));
                            } else if (!lost) {
                                SignedTransaction signed =
                                        SignedTransaction.FORMAT.decode(prepared.bytes()).orThrow();
                                chain.send(
                                        signed,
                                        sending ->
                                                world.agenda()
                                                        .plan(
                                                                world.network().delay(),
                                                                () ->
                                                                        once.accept(
                                                                                new Answer.Sent(
                                                                                        sending))));
                            }
                        });
        world.agenda()
                .plan(
                        java.time.Duration.ofSeconds(6),
                        () ->
                                once.accept(
                                        new Answer.Sent(
                                                new org.entente.adapter.Sending.Unknown(
                                                        "no answer"))));
    }

    private static void atRelay(
            World world,
            SimulatedAgent agent,
            java.util.function.Supplier<Optional<Answer>> served,
            Consumer<Answer> then) {
        world.network()
                .ask(
                        () ->
                                agent.isCutOff() || !world.relay().isUp()
                                        ? Optional.<Answer>empty()
                                        : served.get(),
                        answer ->
                                then.accept(
                                        answer.orElseGet(() -> SimulatedAgent.away("the relay"))));
    }

    private static Answer document(World world, Question.Document.Kind kind, long number) {
        return switch (Documents.of(world, kind, number)) {
            case Parsed.Value<Bytes>(Bytes bytes) -> new Answer.Document(bytes);
            case Parsed.Refused<Bytes>(Verdict.Rejected why) -> new Answer.Refused(why);
        };
    }
}
