package org.entente.chain.industrial;

import org.entente.light.industrial.Turn;
import org.entente.protocol.VerifyingKey;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who gave up which views of one height, and what may be proposed behind them
/// (docs/chains/industrial.md §6.3). Changed in place by one owner.
final class Changes {
    private final Self self;
    private final Roster roster;
    private final TreeMap<VerifyingKey, Message.Change> newest = new TreeMap<>();

    Changes(Self self, Roster roster) {
        this.self = self;
        this.roster = roster;
    }

    /// Whether it is a sealer's word, and what it claims to have prepared is proved.
    boolean holds(Message.Change message) {
        ViewChange change = message.change();
        return change.to().epoch() == roster.sealers().epoch()
                && roster.sealers().has(change.sealer())
                && change.isSigned(self)
                && change.claim().equals(message.held().map(Pledge.Held::claim))
                && message.held()
                        .map(Pledge.Held::proof)
                        .filter(it -> !isBefore(it, change.to()) || !it.holds(self, roster))
                        .isEmpty();
    }

    /// Takes one that holds.
    void add(Message.Change change) {
        newest.merge(
                change.change().sealer(),
                change,
                (before, next) -> next.turn().view() > before.turn().view() ? next : before);
    }

    /// Whether the changes that a proposal brings along let it be made: a quorum gave up the views
    /// before, and what one of them may have committed is proposed again.
    boolean excuse(Message.Propose message) {
        if (message.turn().view() == 0) {
            return message.reason().isEmpty() && message.prepared().isEmpty();
        }
        TreeSet<VerifyingKey> who = new TreeSet<>();
        Optional<ViewChange.Claim> claimed = Optional.empty();
        for (ViewChange each : message.reason()) {
            boolean fits =
                    each.to().equals(message.turn())
                            && roster.sealers().has(each.sealer())
                            && who.add(each.sealer())
                            && each.isSigned(self);
            if (!fits) {
                return false;
            }
            boolean isNewer =
                    each.claim().isPresent()
                            && claimed.filter(it -> it.view() >= each.claim().get().view())
                                    .isEmpty();
            claimed = isNewer ? each.claim() : claimed;
        }
        return who.size() >= roster.sealers().quorum() && isOf(message, claimed);
    }

    private boolean isOf(Message.Propose message, Optional<ViewChange.Claim> claimed) {
        if (claimed.isEmpty()) {
            // Without a claim the block is the primary's own, and nothing excuses another's.
            return message.prepared().isEmpty();
        }
        return claimed.get().header().equals(message.ballot().header())
                && message.prepared()
                        .filter(it -> isBefore(it, message.turn()))
                        .filter(it -> it.header().equals(message.ballot().header()))
                        .filter(it -> it.holds(self, roster))
                        .map(it -> it.turn().view())
                        .equals(claimed.map(ViewChange.Claim::view));
    }

    private static boolean isBefore(Prepared prepared, Turn turn) {
        return prepared.turn().height() == turn.height()
                && prepared.turn().epoch() == turn.epoch()
                && prepared.turn().view() < turn.view();
    }

    /// The lowest view above one to which more sealers went than can lie.
    Optional<Integer> above(int view) {
        List<Integer> views =
                newest.values().stream()
                        .map(each -> each.turn().view())
                        .filter(each -> each > view)
                        .sorted()
                        .toList();
        return views.size() > roster.sealers().faultyMax()
                ? Optional.of(views.getFirst())
                : Optional.empty();
    }

    /// Whether a quorum waits for a view, or for later ones.
    boolean isAwaited(int view) {
        return newest.values().stream().filter(each -> each.turn().view() >= view).count()
                >= roster.sealers().quorum();
    }

    /// Whether a quorum waits for exactly this view, so that its primary may propose.
    boolean isQuorum(int view) {
        return to(view).size() >= roster.sealers().quorum();
    }

    List<ViewChange> to(int view) {
        return newest.values().stream()
                .map(Message.Change::change)
                .filter(each -> each.to().view() == view)
                .toList();
    }

    /// What the newest claim of those who wait for a view is about.
    Optional<Pledge.Held> held(int view) {
        return newest.values().stream()
                .filter(each -> each.turn().view() == view)
                .flatMap(each -> each.held().stream())
                .max(Comparator.comparingInt(each -> each.proof().turn().view()));
    }
}
