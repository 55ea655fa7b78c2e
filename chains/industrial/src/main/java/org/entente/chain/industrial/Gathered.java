package org.entente.chain.industrial;

import org.entente.chain.state.Reading;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Settings;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Signed words that the next own block tells of. Changed in place by one owner; all of it was
/// verified.
final class Gathered {
    private static final int LATE_COUNT_MAX = 32;
    private static final int BEAT_COUNT_MAX = 128;
    private static final int LIE_COUNT_MAX = 16;

    private final TreeMap<VerifyingKey, Heartbeat> beats = new TreeMap<>();
    private final TreeMap<VerifyingKey, Equivocation> lies = new TreeMap<>();
    private final List<Ballot> late = new ArrayList<>();
    private Optional<CommitCertificate> newest;

    Gathered(Optional<CommitCertificate> newest) {
        this.newest = newest;
    }

    /// A block became final: whose COMMITs were missed below it is seen from its state on.
    void committed(CommitCertificate certificate) {
        newest = Optional.of(certificate);
        late.removeIf(
                each -> each.turn().height() + Past.LATE_BLOCKS < certificate.turn().height());
    }

    /// A COMMIT of a final block, which its certificate had no need of.
    void commit(Ballot ballot) {
        boolean isNewest =
                newest.filter(it ->
                                it.turn().equals(ballot.turn())
                                        && it.header().equals(ballot.header()))
                        .isPresent();
        if (isNewest) {
            CommitCertificate before = newest.orElseThrow();
            TreeMap<VerifyingKey, Signature> all = new TreeMap<>(before.commits());
            all.put(ballot.sealer(), ballot.signature());
            newest = Optional.of(new CommitCertificate(before.turn(), before.header(), all));
        } else if (late.size() < LATE_COUNT_MAX && !late.contains(ballot)) {
            late.add(ballot);
        }
    }

    void beat(Heartbeat heartbeat) {
        beats.put(heartbeat.member(), heartbeat);
    }

    void lie(Equivocation equivocation) {
        lies.put(equivocation.sealer(), equivocation);
    }

    /// What is news to a state and fits the next block.
    Words.Evidence evidence(Settings settings, Reading state, long height) {
        Past past = Kept.past(state);
        long epoch = settings.epoch(height);
        List<Ballot> missed = new ArrayList<>();
        for (Ballot each : late) {
            boolean counts = past.judged().stream().anyMatch(it -> EvidenceJudge.misses(it, each));
            if (counts) {
                missed.add(each);
            }
        }
        List<Heartbeat> alive =
                beats.values().stream()
                        .filter(each ->
                                settings.isWindow(height)
                                        && each.epoch() == epoch
                                        && past.pulse().equals(Optional.of(each.pulse()))
                                        && !past.alive().contains(each.member()))
                        .limit(BEAT_COUNT_MAX)
                        .toList();
        List<Equivocation> liars =
                lies.values().stream()
                        .filter(each -> isNews(each, state, epoch))
                        .limit(LIE_COUNT_MAX)
                        .toList();
        return new Words.Evidence(newest, missed, alive, liars);
    }

    private static boolean isNews(Equivocation lie, Reading state, long epoch) {
        long of = lie.one().turn().epoch();
        return (of == epoch || of == epoch - 1)
                && Kept.sealers(state, of).has(lie.sealer())
                && !Kept.table(state).of(lie.sealer()).banned();
    }
}
