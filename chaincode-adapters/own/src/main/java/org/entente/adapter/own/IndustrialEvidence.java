package org.entente.adapter.own;

import org.entente.certs.Verifier;
import org.entente.light.industrial.Following;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;

import java.util.Optional;
import java.util.SortedSet;

/// Of the industrial chain: who seals is followed from the genesis, epoch by epoch, and a header is
/// final when a quorum of its epoch's sealers committed it (docs/chains/industrial.md §7).
///
/// @param looked heights whose epochs are kept however old they are
/// @param kept how many of the last epochs are
record IndustrialEvidence(Following following, SortedSet<Long> looked, int kept)
        implements Evidence {
    static final Name NAME = new Name("industrial");

    /// A node that is so many epochs behind is no use.
    static final int KEPT_COUNT = 1_024;

    /// @param kept how many of the last epochs
    static Parsed<Finality> finality(Genesis genesis, Verifier verifier, int kept) {
        return Settings.FORMAT
                .decode(genesis.settings())
                .then(settings ->
                        Following.begun(
                                genesis.chain(),
                                Genesis.FORMAT.digest(genesis),
                                genesis.creators(),
                                settings,
                                verifier))
                .map(begun -> looked -> new IndustrialEvidence(begun, looked, kept));
    }

    /// Block 0 is nobody's word: until a block follows it nothing is final.
    @Override
    public Optional<String> missing(long height) {
        return following.reaches(height)
                ? Optional.empty()
                : Optional.of("/v1/industrial/trail?from=" + following.newest());
    }

    @Override
    public Parsed<Evidence> with(Bytes shown) {
        return Trail.FORMAT.decode(shown).then(this::with);
    }

    private Parsed<Evidence> with(Trail trail) {
        Parsed<Following> now = Parsed.of(following);
        for (Trail.Part part : trail.parts()) {
            now = now.then(it -> followed(it, part));
        }
        return now.map(it -> new IndustrialEvidence(it.kept(kept, looked), looked, kept));
    }

    private static Parsed<Following> followed(Following following, Trail.Part part) {
        return CertifiedHeader.FORMAT
                .decode(part.header())
                .then(certified -> followed(following, part, certified));
    }

    private static Parsed<Following> followed(
            Following following, Trail.Part part, CertifiedHeader certified) {
        long last = following.settings().last(following.newest());
        if (certified.header().height() != last) {
            return refused(
                    "block %d where an epoch ends with block %d"
                            .formatted(certified.header().height(), last));
        }
        return switch (check(following, certified)) {
            case Verdict.Rejected(Fault fault, String why) when fault == Fault.NOT_A_SIGNER ->
                    // By others than those who were shown to seal: perhaps another chain since.
                    Parsed.refused(
                            Fault.OUTDATED, "the end of epoch " + following.newest() + ": " + why);
            case Verdict.Rejected why -> new Parsed.Refused<>(why);
            case Verdict.Accepted _ ->
                    shown(part, following.newest() + 1, certified.header().stateRoot())
                            .then(following::followed);
        };
    }

    /// Who seals in an epoch, by the state behind the one before.
    private static Parsed<Sealers> shown(Trail.Part part, long epoch, Digest root) {
        StateKey place = new StateKey(StateKey.Area.SYSTEM, Place.OWN, Sealers.place(epoch));
        return StateProof.FORMAT
                .decode(part.proof())
                .then(proof -> proof.verify(place, root))
                .then(leaf ->
                        leaf.flatMap(StateLeaf::value)
                                        .equals(Optional.of(Sealers.FORMAT.digest(part.next())))
                                ? Parsed.of(part.next())
                                : refused("it does not prove who seals in epoch " + epoch));
    }

    private static <T> Parsed<T> refused(String why) {
        return Parsed.refused(Fault.BAD_PROOF, "a trail: " + why);
    }

    @Override
    public Verdict check(CertifiedHeader certified) {
        return check(following, certified);
    }

    private static Verdict check(Following following, CertifiedHeader certified) {
        Header header = certified.header();
        return header.chain().equals(following.chain())
                ? following.check(header.height(), header.digest(), certified.certificate())
                : Verdict.rejected(
                        Fault.WRONG_CHAIN,
                        "a header of %s where %s is followed"
                                .formatted(header.chain(), following.chain()));
    }
}
