package org.entente.agent;

import org.entente.certs.Verifier;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.Frames;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Agent;
import org.entente.registry.EpochRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the parts of one seat share: who they are, the log, the memory, the time of the event that
/// is being answered and the effects of it so far.
final class Bench {
    private final Self self;
    private final AllianceId alliance;
    private final Verifier verifier;
    private final Memory memory;
    private final Notary notary;
    private final TreeMap<Long, Open> questions = new TreeMap<>();
    private final TreeMap<Instant, List<Runnable>> timers = new TreeMap<>();
    private List<Effect> effects = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long query;
    private boolean stopped;

    Bench(Self self, AllianceId alliance, Verifier verifier, Memory memory) {
        this.self = self;
        this.alliance = alliance;
        this.verifier = verifier;
        this.memory = memory;
        this.notary = new Notary(alliance, verifier);
    }

    Self self() {
        return self;
    }

    AllianceId alliance() {
        return alliance;
    }

    Verifier verifier() {
        return verifier;
    }

    Memory memory() {
        return memory;
    }

    Notary notary() {
        return notary;
    }

    Instant now() {
        return now;
    }

    void begin(Instant at) {
        now = at;
        effects = new ArrayList<>();
    }

    List<Effect> end() {
        return List.copyOf(effects);
    }

    /// Whether this agent, with this key, is one of an epoch's.
    boolean belongs(EpochRecord record) {
        Optional<Agent> listed = record.agent(self.node());
        return listed.isPresent() && listed.get().key().equals(self.signer().key());
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void say(ToRelay message) {
        effects.add(new Effect.Say(message));
    }

    void tell(Effect.Tell.Weight weight, String words) {
        effects.add(new Effect.Tell(weight, words));
    }

    void decline(ToRelay.Stage stage, Digest about, Verdict.Rejected why) {
        say(
                new ToRelay.Declined(
                        alliance, stage, about, why.fault().number(), Frames.detail(why.detail())));
    }

    /// A question and what goes on with its answer.
    private record Open(Question question, Consumer<Answer> then) {}

    void ask(Question question, Consumer<Answer> then) {
        questions.put(++query, new Open(question, then));
        effects.add(new Effect.Ask(query, question));
    }

    void answered(long number, Answer answer) {
        Open open = questions.remove(number);
        if (open != null) {
            open.then.accept(answer);
        }
    }

    /// What was asked under a number; empty once it is answered.
    Optional<Question> question(long number) {
        return Optional.ofNullable(questions.get(number)).map(Open::question);
    }

    /// How many questions are open.
    int asked() {
        return questions.size();
    }

    void later(Duration pause, Runnable then) {
        timers.computeIfAbsent(now.plus(pause), _ -> new ArrayList<>()).add(then);
    }

    void tick() {
        while (!timers.isEmpty() && !timers.firstKey().isAfter(now)) {
            timers.pollFirstEntry().getValue().forEach(Runnable::run);
        }
    }

    void stop(Verdict.Rejected why) {
        if (!stopped) {
            stopped = true;
            effects.add(new Effect.Stop(why));
        }
    }

    boolean isStopped() {
        return stopped;
    }
}
