package org.entente.trials.por;

import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Governance;
import org.entente.chain.por.Change;
import org.entente.chain.por.Kept;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Proposal;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Optional;

/// Where a planted [Defect] takes hold.
record Defects(Defect planted) {
    boolean isForgotten(PorBlock block) {
        return planted == Defect.DISK_FORGETS && block.creation().height() > 0;
    }

    boolean crashesOften() {
        return planted == Defect.DISK_FORGETS;
    }

    boolean areFinalTooEarly() {
        return planted == Defect.FINAL_TOO_EARLY;
    }

    boolean isIdle() {
        return planted == Defect.NOBODY_WORKS;
    }

    /// The transactions of a block as a node has them.
    List<SignedTransaction> seen(PorBlock block) {
        List<SignedTransaction> all = block.transactions();
        return planted == Defect.ONE_NODE_OVERLOOKS && !all.isEmpty()
                ? all.subList(1, all.size())
                : all;
    }

    Governance governance(StrongContracts sound, int node) {
        return switch (planted) {
            case SLACK_STAYS, SLACK_LEAVES_EARLY, MAJORITY_IS_ENOUGH -> new Unsound(sound, planted);
            case ONE_NODE_ERRS -> node == 0 ? new Unsound(sound, planted) : sound;
            case NONE, FINAL_TOO_EARLY, DISK_FORGETS, ONE_NODE_OVERLOOKS, NOBODY_WORKS -> sound;
        };
    }

    /// Closes blocks differently.
    private record Unsound(StrongContracts sound, Defect planted) implements Governance {
        @Override
        public void begin(Genesis genesis, Draft draft) {
            sound.begin(genesis, draft);
        }

        @Override
        public Verdict includable(VerifyingKey account, Bytes words, Reading state) {
            return sound.includable(account, words, state);
        }

        @Override
        public Parsed<Bytes> perform(
                Transaction transaction, Bytes words, Draft draft, Moment moment) {
            return sound.perform(transaction, words, draft, moment);
        }

        @Override
        public void close(Draft draft, Moment moment) {
            Rules before = Kept.rules(draft);
            sound.close(draft, moment);
            Rules after = Kept.rules(draft);
            switch (planted) {
                case SLACK_STAYS -> {
                    if (after.count() < before.count()) {
                        put(draft, moment, before);
                    }
                }
                case SLACK_LEAVES_EARLY -> leave(draft, moment, after);
                case MAJORITY_IS_ENOUGH -> agree(draft, moment, after);
                default ->
                        draft.put(
                                StateKey.system(Bytes.utf8("error")),
                                moment.position().version(),
                                Bytes.utf8("error"));
            }
        }

        private static void leave(Draft draft, Moment moment, Rules rules) {
            long since = moment.position().height() - rules.count();
            Optional<Member> first =
                    rules.members().stream()
                            .filter(each -> each.joined() <= since)
                            .filter(each -> Kept.made(draft, each.account()) <= since)
                            .findFirst();
            if (since >= 0 && rules.count() > 3 && first.isPresent()) {
                put(draft, moment, rules.without(first.get().account()));
            }
        }

        private static void agree(Draft draft, Moment moment, Rules rules) {
            Optional<Proposal> open = Kept.proposal(draft).filter(Proposal::isOpen);
            if (open.isPresent()
                    && open.get().yes().size() >= rules.majority()
                    && open.get().change() instanceof Change.Retune(var parameters)) {
                put(draft, moment, rules.with(parameters));
            }
        }

        private static void put(Draft draft, Moment moment, Rules rules) {
            draft.put(Kept.RULES, moment.position().version(), Rules.FORMAT.encode(rules));
        }
    }
}
