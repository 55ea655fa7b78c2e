package org.entente.relay;

import org.entente.endorsement.Panel;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a replaced final block did to exchanges of the log, and what is done about it (protocol.md
/// §6.8). Observers look whether what the log has settled is still on its chain; what vanished is
/// brought again, in the order of the log and one at a time for each chain, so that an inbox
/// contract decides on it as it did before. The log's word is never changed by it.
///
/// | a settled exchange | until |
/// |---|---|
/// | unseen | a majority of its observers have looked, once the chain is mended |
/// | vanished | a deliverer has brought it again; then it is unseen |
/// | there | its chain is broken again |
/// | another end | a person acts |
final class Remaking {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int LOOKING_COUNT_MAX = 64;
    private static final int SHOWN_COUNT_MAX = 1_024;

    private final Means means;
    private final Breaks breaks;
    private final Touches touches;
    private final TreeMap<Long, Check> checks = new TreeMap<>();

    /// By flow and chain, as of the last look.
    private final TreeMap<FlowName, TreeMap<ChainId, Optional<Breaks.Extent>>> extents =
            new TreeMap<>();

    private Instant next = Instant.EPOCH;

    private enum Stage {
        UNSEEN,
        VANISHED,
        ASKED,
        THERE,
        ANOTHER_END
    }

    /// What is known of one settled exchange.
    private static final class Check {
        private final TreeMap<NodeId, ToRelay.Found> found = new TreeMap<>();
        private Stage stage = Stage.UNSEEN;
        private Optional<NodeId> deliverer = Optional.empty();
        private Instant due = Instant.EPOCH;
        private int failed;
        private int turns;

        private void unseen(Instant at) {
            found.clear();
            stage = Stage.UNSEEN;
            due = at;
        }
    }

    Remaking(Means means, Touches touches) {
        this.means = means;
        this.breaks = means.breaks();
        this.touches = touches;
    }

    void tick(Instant now) {
        if (!breaks.isAny()) {
            checks.clear();
            return;
        }
        if (next.isAfter(now)) {
            return;
        }
        next = now.plus(LOOK_EVERY);
        extents.clear();
        TreeMap<ChainId, List<Touches.Ended>> mended = new TreeMap<>();
        for (Touches.Ended ended : touches.ended().values()) {
            ChainId chain = ended.settlement().chain();
            if (!isReached(ended)) {
                checks.remove(ended.settlement().serial());
            } else if (breaks.isBroken(flow(ended), chain)) {
                checks.put(ended.settlement().serial(), new Check());
            } else {
                mended.computeIfAbsent(chain, _ -> new ArrayList<>()).add(ended);
            }
        }
        mended.values().forEach(all -> work(all, now));
    }

    private FlowName flow(Touches.Ended ended) {
        return touches.at(ended.settlement().serial()).orElseThrow().flow();
    }

    private boolean isReached(Touches.Ended ended) {
        return extent(flow(ended), ended.settlement().chain())
                .filter(extent -> ended.entry() < extent.size())
                .isPresent();
    }

    private Optional<Breaks.Extent> extent(FlowName flow, ChainId chain) {
        return extents.computeIfAbsent(flow, _ -> new TreeMap<>())
                .computeIfAbsent(chain, _ -> breaks.extent(flow, chain));
    }

    /// All of one chain that may have vanished.
    private void work(List<Touches.Ended> all, Instant now) {
        int looking = 0;
        boolean waiting = false;
        for (Touches.Ended ended :
                all.stream().sorted(Comparator.comparingLong(Touches.Ended::brings)).toList()) {
            Check check = checks.computeIfAbsent(ended.settlement().serial(), _ -> new Check());
            switch (check.stage) {
                case UNSEEN -> {
                    waiting = true;
                    if (looking++ < LOOKING_COUNT_MAX && !check.due.isAfter(now)) {
                        look(ended, check, now);
                    }
                }
                case VANISHED -> {
                    if (!waiting && !check.due.isAfter(now)) {
                        bring(ended, check, now);
                    }
                    // One that cannot be made again does not hold up the others for ever.
                    waiting |= check.failed < means.rules().tries();
                }
                case ASKED -> {
                    waiting = true;
                    if (!check.due.isAfter(now)) {
                        failed(check, now);
                    }
                }
                case THERE, ANOTHER_END -> {}
            }
        }
    }

    private void look(Touches.Ended ended, Check check, Instant now) {
        check.due = now.plus(means.rules().observing());
        means.send(
                means.notary().observers(flow(ended)).weights().keySet(),
                new ToAgent.Look(ended.settlement()));
    }

    void looked(NodeId from, ToRelay.Looked looked, Instant now) {
        Check check = checks.get(looked.serial());
        Optional<Touches.Ended> ended = touches.ended(looked.serial());
        if (check == null || ended.isEmpty() || check.stage != Stage.UNSEEN) {
            return;
        }
        Panel panel = means.notary().observers(flow(ended.get()));
        check.found.put(from, looked.found());
        long weight =
                check.found.entrySet().stream()
                        .filter(each -> each.getValue() == looked.found())
                        .mapToLong(each -> panel.weight(each.getKey()))
                        .sum();
        if (panel.isPassedBy(weight)) {
            check.due = now;
            check.stage =
                    switch (looked.found()) {
                        case SAME -> Stage.THERE;
                        case NOTHING -> Stage.VANISHED;
                        case ANOTHER -> Stage.ANOTHER_END;
                    };
            next = now;
        }
    }

    private void bring(Touches.Ended ended, Check check, Instant now) {
        List<NodeId> able =
                means.deliverers(flow(ended), ended.settlement().chain()).stream()
                        .filter(means.conduct()::isAvailable)
                        .toList();
        if (able.isEmpty()) {
            failed(check, now);
            return;
        }
        NodeId deliverer = able.get(check.turns % able.size());
        check.deliverer = Optional.of(deliverer);
        check.stage = Stage.ASKED;
        check.due = now.plus(means.rules().bringing());
        Settlement settlement = ended.settlement();
        means.send(deliverer, new ToAgent.BringAgain(settlement, ended.brings()));
    }

    private void failed(Check check, Instant now) {
        check.turns++;
        check.stage = Stage.VANISHED;
        check.due =
                now.plus(
                        ++check.failed < means.rules().tries()
                                ? means.rules().pause(check.failed)
                                : means.rules().parked());
    }

    void brought(NodeId from, ToRelay.Brought brought, Instant now) {
        if (checks.isEmpty()) {
            return;
        }
        for (Touches.Ended ended : touches.ended().values()) {
            Check check = checks.get(ended.settlement().serial());
            if (check != null
                    && ended.brings() == brought.serial()
                    && check.stage == Stage.ASKED
                    && check.deliverer.equals(Optional.of(from))) {
                brought(check, brought, now);
            }
        }
    }

    private void brought(Check check, ToRelay.Brought brought, Instant now) {
        if (brought.fault() == 0) {
            check.failed = 0;
            check.unseen(now);
        } else if (brought.fault() == Fault.NOT_YET.number()) {
            check.turns++;
            check.stage = Stage.VANISHED;
            check.due = now.plus(means.rules().pauseMin());
        } else {
            failed(check, now);
        }
        next = now;
    }

    /// The newest first, as many as are shown.
    List<Affected> affected() {
        List<Affected> all = new ArrayList<>();
        for (Touches.Touch touch : touches.all().reversed()) {
            if (breaks.isAny() && all.size() < SHOWN_COUNT_MAX) {
                all.addAll(affected(touch));
            }
        }
        return all;
    }

    List<Affected> affected(long serial) {
        return breaks.isAny()
                ? touches.at(serial).map(this::affected).orElse(List.of())
                : List.of();
    }

    private List<Affected> affected(Touches.Touch touch) {
        List<Affected> marks = new ArrayList<>();
        touch.reads()
                .forEach((chain, height) ->
                        breaks.extent(touch.flow(), chain)
                                .filter(extent -> touch.serial() < extent.size())
                                .filter(extent ->
                                        height.isEmpty() || height.getAsLong() >= extent.since())
                                .ifPresent(extent ->
                                        marks.add(mark(touch, chain, extent, Affected.What.READ))));
        touches.ended(touch.serial())
                .ifPresent(ended -> {
                    ChainId chain = ended.settlement().chain();
                    breaks.extent(touch.flow(), chain)
                            .filter(extent -> ended.entry() < extent.size())
                            .ifPresent(extent ->
                                    what(touch.serial())
                                            .ifPresent(what ->
                                                    marks.add(mark(touch, chain, extent, what))));
                });
        return marks;
    }

    private Optional<Affected.What> what(long serial) {
        Check check = checks.get(serial);
        if (check == null) {
            return Optional.of(Affected.What.UNSEEN);
        }
        return switch (check.stage) {
            case UNSEEN -> Optional.of(Affected.What.UNSEEN);
            case VANISHED, ASKED -> Optional.of(Affected.What.VANISHED);
            case ANOTHER_END -> Optional.of(Affected.What.ANOTHER_END);
            case THERE -> Optional.empty();
        };
    }

    private static Affected mark(
            Touches.Touch touch, ChainId chain, Breaks.Extent extent, Affected.What what) {
        return new Affected(
                touch.serial(), touch.exchange(), touch.flow(), chain, extent.since(), what);
    }
}
