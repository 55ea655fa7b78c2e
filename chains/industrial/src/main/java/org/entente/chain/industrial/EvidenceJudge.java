package org.entente.chain.industrial;

import org.entente.certs.Verifier;
import org.entente.chain.state.Reading;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether evidence holds, as a whole, and what it shows (docs/chains/industrial.md §3).
///
/// @param state behind the block before
/// @param height of the block that it stands in
record EvidenceJudge(
        ChainId chain, Settings settings, Verifier verifier, Reading state, long height) {

    record Result(Conduct conduct, Past past) {}

    Parsed<Result> judge(Words.Evidence evidence) {
        Verdict verdict =
                certified(evidence.certificate())
                        .and(() -> beats(evidence.heartbeats()))
                        .and(() -> late(evidence.late()))
                        .and(() -> lies(evidence.equivocations()));
        return verdict instanceof Verdict.Rejected why
                ? new Parsed.Refused<>(why)
                : Parsed.of(result(evidence));
    }

    private Verdict certified(Optional<CommitCertificate> given) {
        if (given.isEmpty() || height == 1) {
            return given.isEmpty() == (height == 1)
                    ? Verdict.accepted()
                    : bad("a certificate of the block before is in each block but the first");
        }
        CommitCertificate certificate = given.get();
        long before = height - 1;
        return certificate.turn().height() == before
                ? certificate.check(chain, Kept.sealers(state, settings.epoch(before)), verifier)
                : bad("a certificate of " + certificate.turn() + " in block " + height);
    }

    /// What heartbeats name: known to everybody, this block's evidence being the first with it.
    private Optional<Digest> pulse(Optional<CommitCertificate> certificate) {
        return settings.opensWindow(height)
                ? certificate.map(CommitCertificate::header)
                : Kept.past(state).pulse();
    }

    private Verdict beats(List<Heartbeat> beats) {
        Past past = Kept.past(state);
        TreeSet<VerifyingKey> known = new TreeSet<>(past.alive());
        for (Heartbeat beat : beats) {
            boolean isDue =
                    settings.isWindow(height)
                            && beat.epoch() == settings.epoch(height)
                            && past.pulse().equals(Optional.of(beat.pulse()))
                            && Kept.table(state).has(beat.member())
                            && known.add(beat.member());
            if (!isDue) {
                return bad("a heartbeat of " + beat.member() + " for epoch " + beat.epoch());
            }
            if (!beat.isSigned(chain, verifier)) {
                return forged("a heartbeat", beat.member());
            }
        }
        return Verdict.accepted();
    }

    private Verdict late(List<Ballot> ballots) {
        Past past = Kept.past(state);
        TreeSet<String> seen = new TreeSet<>();
        for (Ballot ballot : ballots) {
            boolean isMissing =
                    ballot.phase() == Ballot.Phase.COMMIT
                            && past.judged().stream().anyMatch(each -> misses(each, ballot))
                            && seen.add(ballot.turn().height() + " " + ballot.sealer());
            if (!isMissing) {
                return bad("a commit of " + ballot.turn() + " by " + ballot.sealer());
            }
            if (!ballot.isSigned(chain, verifier)) {
                return forged("a late commit", ballot.sealer());
            }
        }
        return Verdict.accepted();
    }

    static boolean misses(Past.Judged judged, Ballot ballot) {
        return judged.turn().equals(ballot.turn())
                && judged.header().equals(ballot.header())
                && judged.missing().contains(ballot.sealer());
    }

    private Verdict lies(List<Equivocation> equivocations) {
        TreeSet<VerifyingKey> seen = new TreeSet<>();
        long epoch = settings.epoch(height);
        for (Equivocation each : equivocations) {
            long of = each.one().turn().epoch();
            boolean isNews =
                    (of == epoch || of == epoch - 1)
                            && Kept.sealers(state, of).has(each.sealer())
                            && !Kept.table(state).of(each.sealer()).banned()
                            && seen.add(each.sealer());
            if (!isNews) {
                return bad("an equivocation of " + each.sealer() + " in epoch " + of);
            }
            if (!each.one().isSigned(chain, verifier) || !each.other().isSigned(chain, verifier)) {
                return forged("an equivocation", each.sealer());
            }
        }
        return Verdict.accepted();
    }

    private static Verdict bad(String what) {
        return Verdict.rejected(Fault.INVALID_VALUE, what);
    }

    private static Verdict forged(String what, VerifyingKey by) {
        return Verdict.rejected(Fault.BAD_SIGNATURE, what + " that " + by + " did not sign");
    }

    private Result result(Words.Evidence evidence) {
        Past past = Kept.past(state);
        TreeSet<VerifyingKey> alive = new TreeSet<>(past.alive());
        evidence.heartbeats().forEach(each -> alive.add(each.member()));
        TreeSet<VerifyingKey> liars = new TreeSet<>();
        evidence.equivocations().forEach(each -> liars.add(each.sealer()));
        TreeSet<VerifyingKey> late = new TreeSet<>();
        evidence.late().forEach(each -> late.add(each.sealer()));
        Optional<CommitCertificate> certificate = evidence.certificate();
        // Of the last block of an epoch no commits are counted: seats change with it.
        boolean counts = certificate.isPresent() && !settings.isLast(height - 1);
        TreeSet<VerifyingKey> sealers = new TreeSet<>();
        TreeSet<VerifyingKey> committed = new TreeSet<>();
        if (counts) {
            sealers.addAll(Kept.sealers(state, settings.epoch(height - 1)).keys());
            committed.addAll(certificate.orElseThrow().commits().keySet());
        }
        Conduct conduct = new Conduct(liars, failed(certificate, past), sealers, committed, late);
        Sealers now = Kept.sealers(state, settings.epoch(height));
        Past next =
                new Past(
                        certificate.map(CommitCertificate::header).orElse(past.seed()),
                        Roster.of(now, Kept.table(state)).proposing(),
                        pulse(certificate),
                        alive,
                        without(past.judged(), evidence.late()));
        if (!counts) {
            return new Result(conduct, next);
        }
        sealers.removeAll(committed);
        CommitCertificate newest = certificate.orElseThrow();
        return new Result(
                conduct, next.with(new Past.Judged(newest.turn(), newest.header(), sealers)));
    }

    /// A quorum committed in a view, so at least one honest sealer gave up each view before it.
    /// Whoever had several of them pays once.
    private static SortedSet<VerifyingKey> failed(
            Optional<CommitCertificate> certificate, Past past) {
        TreeSet<VerifyingKey> failed = new TreeSet<>();
        certificate.ifPresent(it -> {
            int count = Math.min(it.turn().view(), past.proposing().size());
            for (int view = 0; view < count; view++) {
                long place = (it.turn().height() + view) % past.proposing().size();
                failed.add(past.proposing().get((int) place));
            }
        });
        return failed;
    }

    private static List<Past.Judged> without(List<Past.Judged> judged, List<Ballot> late) {
        List<Past.Judged> left = new ArrayList<>();
        for (Past.Judged each : judged) {
            TreeSet<VerifyingKey> missing = new TreeSet<>(each.missing());
            late.stream()
                    .filter(ballot -> misses(each, ballot))
                    .forEach(ballot -> missing.remove(ballot.sealer()));
            left.add(new Past.Judged(each.turn(), each.header(), Sorted.copyOf(missing)));
        }
        return left;
    }
}
