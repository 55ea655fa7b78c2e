package org.entente.chain.industrial.http;

import org.entente.chain.industrial.Kept;
import org.entente.chain.industrial.Repute;
import org.entente.chain.industrial.Table;
import org.entente.chain.industrial.worker.IndustrialChain;
import org.entente.chain.industrial.worker.Kind;
import org.entente.chain.industrial.worker.Meter;
import org.entente.chain.industrial.worker.View;
import org.entente.light.industrial.Sealers;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/// Members and what blocks show of them, and how this node's network does
/// (docs/chains/industrial.md §9.3).
public final class IndustrialRoutes {
    private final IndustrialChain chain;
    private final IntSupplier peers;
    private final Function<VerifyingKey, String> names;

    /// @param peers how many are connected
    /// @param names by which this node knows members
    public IndustrialRoutes(
            IndustrialChain chain, IntSupplier peers, Function<VerifyingKey, String> names) {
        this.chain = chain;
        this.peers = peers;
        this.names = names;
    }

    /// @param points its reputation
    /// @param misses certificates without it, one after the other
    /// @param seals whether it has a seat in this epoch
    /// @param proposes whether it is its turn at the next height
    record MemberView(
            VerifyingKey account,
            String name,
            int points,
            int misses,
            boolean offline,
            boolean banned,
            boolean seals,
            boolean proposes) {}

    record MembersView(long height, long epoch, int seats, int quorum, List<MemberView> members) {}

    /// @param view of the next height
    /// @param viewChanges that this node took part in, since its start
    /// @param verified signatures since the start, each counted once
    /// @param phases what the time of blocks went into
    record NetworkView(
            long height,
            long epoch,
            int view,
            VerifyingKey primary,
            boolean seals,
            int peers,
            int waiting,
            long viewChanges,
            long verified,
            boolean readOnly,
            Map<String, Long> sent,
            Map<String, Long> received,
            Map<String, Meter.Spent> phases) {}

    public Routes routes() {
        return Routes.none()
                .get(
                        "/v1/industrial/members",
                        Answers.json(MembersView.class, _ -> Reply.json(members())))
                .get(
                        "/v1/industrial/network",
                        Answers.json(NetworkView.class, _ -> Reply.json(network())));
    }

    private MembersView members() {
        View now = chain.view();
        Sealers sealers = now.roster().sealers();
        VerifyingKey primary = primary(now);
        Table table = Kept.table(now.tip().state());
        List<MemberView> members = new ArrayList<>();
        table.members()
                .forEach((account, repute) -> members.add(view(account, repute, sealers, primary)));
        return new MembersView(
                now.tip().height(),
                sealers.epoch(),
                sealers.keys().size(),
                sealers.quorum(),
                members);
    }

    private MemberView view(
            VerifyingKey account, Repute repute, Sealers sealers, VerifyingKey primary) {
        return new MemberView(
                account,
                names.apply(account),
                repute.points(),
                repute.misses(),
                repute.offline(),
                repute.banned(),
                sealers.has(account),
                primary.equals(account));
    }

    private static VerifyingKey primary(View now) {
        return now.roster().primary(now.tip().height() + 1, now.number());
    }

    private NetworkView network() {
        View now = chain.view();
        Meter meter = chain.meter();
        Map<String, Meter.Spent> phases = new TreeMap<>();
        for (Meter.Phase each : Meter.Phase.values()) {
            phases.put(each.name().toLowerCase(Locale.ROOT), meter.spent(each));
        }
        return new NetworkView(
                now.tip().height(),
                now.roster().sealers().epoch(),
                now.number(),
                primary(now),
                now.roster().sealers().has(chain.account()),
                peers.getAsInt(),
                chain.waiting(),
                meter.viewChanges(),
                meter.verifications(),
                chain.readOnly().isPresent(),
                counted(meter::sent),
                counted(meter::received),
                phases);
    }

    private static Map<String, Long> counted(ToLongFunction<Kind> count) {
        Map<String, Long> counted = new TreeMap<>();
        for (Kind each : Kind.values()) {
            counted.put(each.word(), count.applyAsLong(each));
        }
        return counted;
    }
}
