package org.entente.adapter.own;

import org.entente.light.NodeVerifier;
import org.entente.light.por.Following;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Link;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Of PoR: the chain is followed from its genesis by work and signatures, and a header is final
/// when its digest is the one that was certified at its height (docs/chains/por.md §7).
///
/// @param looked heights that are kept however old they are
/// @param kept how many of the last digests are
/// @param digests of final ledger headers: the last ones, and those of heights that are looked at
record PorEvidence(
        Following following, SortedSet<Long> looked, int kept, SortedMap<Long, Digest> digests)
        implements Evidence {
    static final Name NAME = new Name("por");

    /// An hour of blocks, about: a node that is further behind is no use.
    static final int KEPT_COUNT = 4_096;

    /// @param kept how many of the last digests
    static Parsed<Finality> finality(Genesis genesis, NodeVerifier verifier, int kept) {
        return Settings.FORMAT
                .decode(genesis.settings())
                .map(settings -> looked -> begun(genesis, settings, verifier, looked, kept));
    }

    private static Evidence begun(
            Genesis genesis,
            Settings settings,
            NodeVerifier verifier,
            SortedSet<Long> looked,
            int kept) {
        HeaderJudge judge = new HeaderJudge(genesis.chain(), verifier, Work.HASHED);
        // What stands in block 0 nobody asks: it is no block of anybody's.
        Digest digest = Genesis.FORMAT.digest(genesis);
        Link first = Link.first(settings, digest, Digest.ZERO, genesis.time());
        return new PorEvidence(
                new Following(judge, first),
                looked,
                kept,
                Sorted.copyOf(new TreeMap<Long, Digest>()));
    }

    @Override
    public Optional<String> missing(long height) {
        return Math.max(1, height) < following.next()
                ? Optional.empty()
                : Optional.of("/v1/por/trail?from=" + following.next());
    }

    @Override
    public Parsed<Evidence> with(Bytes shown) {
        return Trail.FORMAT.decode(shown).then(following::advance).map(this::with);
    }

    private Evidence with(Following.Advance advance) {
        TreeMap<Long, Digest> next = new TreeMap<>(digests);
        advance.steps().forEach(step -> next.put(step.height(), step.ledger()));
        long oldest = advance.after().last().height() - kept;
        next.headMap(oldest).keySet().removeIf(height -> !looked.contains(height));
        return new PorEvidence(advance.after(), looked, kept, Sorted.copyOf(next));
    }

    @Override
    public Verdict check(CertifiedHeader certified) {
        Header header = certified.header();
        Digest known = digests.get(header.height());
        if (known == null) {
            return Verdict.rejected(
                    Fault.OUTDATED, "block " + header.height() + " is too old to be judged");
        }
        return known.equals(header.digest())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_PROOF,
                        "block %d is not the one that was made final".formatted(header.height()));
    }
}
