package org.entente.agent;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.link.Break;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.Frontier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a seat's journal says: the fold of its decisions. Changed in place by its seat alone.
public final class Memory {
    /// How far clocks may be apart: requests are remembered that much longer than they are valid.
    static final Duration SKEW_MAX = Duration.ofSeconds(5);

    private final TreeMap<Digest, Decision.Proposed> proposed = new TreeMap<>();
    private final TreeMap<Digest, Decision.Endorsed> endorsed = new TreeMap<>();
    private final TreeMap<Long, Settlement> observed = new TreeMap<>();

    /// The serials of SETTLED entries that are not sealed here, with the serials they settle.
    private final TreeMap<Long, Long> settled = new TreeMap<>();

    private final TreeMap<ChainId, SortedMap<Errand, Decision.Stored>> stored = new TreeMap<>();
    private final TreeMap<ChainId, Break> breaks = new TreeMap<>();
    private Decision.Sealing sealing = new Decision.Sealing(Frontier.EMPTY, 0, Instant.EPOCH);
    private Optional<Sealed> certified = Optional.empty();
    private Instant time = Instant.EPOCH;

    /// What a journal holds, from its first record on.
    public static Memory of(List<Decision> decisions) {
        Memory memory = new Memory();
        decisions.forEach(memory::take);
        return memory;
    }

    public void take(Decision decision) {
        switch (decision) {
            case Decision.Time(Instant at) -> time = at.isAfter(time) ? at : time;
            case Decision.Proposed it -> proposed.put(it.proposal().request(), it);
            case Decision.Endorsed it -> endorsed.put(it.request(), it);
            case Decision.Sealing it -> {
                sealing = it;
                forgetSettled();
            }
            case Decision.Certified(Sealed sealed) -> certified = Optional.of(sealed);
            case Decision.Observed(Settlement settlement) ->
                    observed.put(settlement.serial(), settlement);
            case Decision.Stored it ->
                    stored.computeIfAbsent(it.chain(), _ -> new TreeMap<>()).put(it.errand(), it);
            case Decision.Finished(Errand errand, ChainId chain) ->
                    stored.computeIfAbsent(chain, _ -> new TreeMap<>()).remove(errand);
            case Decision.Broke(Break said) -> breaks.put(said.chain(), said);
        }
    }

    /// Everything that still matters, as a shorter journal would have it.
    public List<Decision> decisions() {
        List<Decision> all = new ArrayList<>();
        all.add(new Decision.Time(time));
        all.addAll(proposed.values());
        all.addAll(endorsed.values());
        if (sealing.frontier().size() > 0) {
            all.add(sealing);
        }
        certified.ifPresent(sealed -> all.add(new Decision.Certified(sealed)));
        observed.values().forEach(each -> all.add(new Decision.Observed(each)));
        stored.values().forEach(each -> all.addAll(each.values()));
        breaks.values().forEach(each -> all.add(new Decision.Broke(each)));
        return all;
    }

    Instant time() {
        return time;
    }

    Optional<Decision.Proposed> proposed(Digest request) {
        return Optional.ofNullable(proposed.get(request));
    }

    Optional<Decision.Endorsed> endorsed(Digest request) {
        return Optional.ofNullable(endorsed.get(request));
    }

    Decision.Sealing sealing() {
        return sealing;
    }

    /// The newest seal of a majority that the agent knows.
    public Optional<Sealed> certified() {
        return certified;
    }

    Optional<Settlement> observed(long serial) {
        return Optional.ofNullable(observed.get(serial));
    }

    SortedMap<ChainId, SortedMap<Errand, Decision.Stored>> stored() {
        return stored;
    }

    /// Final blocks that were replaced, the newest of each chain.
    SortedMap<ChainId, Break> breaks() {
        return breaks;
    }

    /// Lets go of requests that nobody can order any more (protocol.md §6.1).
    void forget() {
        Instant gone = time.minus(SKEW_MAX);
        proposed.values().removeIf(each -> each.notAfter().isBefore(gone));
        endorsed.values().removeIf(each -> each.notAfter().isBefore(gone));
    }

    /// The word for a serial is let go once the entry that settles it is sealed here.
    ///
    /// @param entry the serial of the SETTLED entry
    void settled(long serial, long entry) {
        settled.put(entry, serial);
        forgetSettled();
    }

    private void forgetSettled() {
        SortedMap<Long, Long> sealed = settled.headMap(sealing.frontier().size());
        sealed.values().forEach(observed::remove);
        sealed.clear();
    }
}
