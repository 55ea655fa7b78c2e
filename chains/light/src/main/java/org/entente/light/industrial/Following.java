package org.entente.light.industrial;

import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A chain as whoever reads it follows it: who seals in each epoch, of whom the first are drawn
/// from the genesis, and by whom a header is final (docs/chains/industrial.md §7). Immutable.
///
/// @param sealers of the epochs that are known; there is no gap at the newest
public record Following(
        ChainId chain, Settings settings, Verifier verifier, SortedMap<Long, Sealers> sealers) {
    public Following {
        sealers = Sorted.copyOf(sealers);
        if (sealers.isEmpty()) {
            throw new IllegalArgumentException("nobody is known to seal");
        }
    }

    /// @param genesis its digest
    /// @param members the creators that it names
    public static Parsed<Following> begun(
            ChainId chain,
            Digest genesis,
            Collection<VerifyingKey> members,
            Settings settings,
            Verifier verifier) {
        if (settings.seats() > members.size()) {
            return Parsed.refused(
                    Fault.INVALID_VALUE,
                    "%d seats for %d members".formatted(settings.seats(), members.size()));
        }
        Sealers first = Lottery.first(members, settings, genesis);
        return Parsed.of(
                new Following(chain, settings, verifier, Sorted.with(Sorted.empty(), 0L, first)));
    }

    /// The newest epoch whose sealers are known.
    public long newest() {
        return sealers.lastKey();
    }

    /// Whether it is known who could make a block of this height final, or was once. Block 0 is
    /// nobody's.
    public boolean reaches(long height) {
        return height > 0 && settings.epoch(height) <= newest();
    }

    /// Whether a header is final: a quorum of those who seal in its epoch committed it.
    ///
    /// @param header its digest
    /// @param certificate as it comes with the header
    public Verdict check(long height, Digest header, Bytes certificate) {
        Optional<Sealers> who =
                reaches(height)
                        ? Optional.ofNullable(sealers.get(settings.epoch(height)))
                        : Optional.empty();
        if (who.isEmpty()) {
            return Verdict.rejected(Fault.OUTDATED, "it is not known who sealed block " + height);
        }
        return switch (CommitCertificate.FORMAT.decode(certificate)) {
            case Parsed.Refused<CommitCertificate>(Verdict.Rejected why) -> why;
            case Parsed.Value<CommitCertificate>(CommitCertificate value) ->
                    value.turn().height() == height && value.header().equals(header)
                            ? value.check(chain, who.get(), verifier)
                            : Verdict.rejected(
                                    Fault.BAD_PROOF,
                                    "the certificate beside block %d is of another block"
                                            .formatted(height));
        };
    }

    /// Goes on by an epoch.
    ///
    /// @param next shown by the state of a header of the newest epoch's last height, which was
    ///   checked
    public Parsed<Following> followed(Sealers next) {
        return next.epoch() == newest() + 1
                ? Parsed.of(
                        new Following(
                                chain,
                                settings,
                                verifier,
                                Sorted.with(sealers, next.epoch(), next)))
                : Parsed.refused(
                        Fault.BAD_PROOF,
                        "sealers of epoch %d behind epoch %d".formatted(next.epoch(), newest()));
    }

    /// Without old epochs.
    ///
    /// @param count of the newest that stay
    /// @param heights whose epochs stay however old they are
    public Following kept(int count, SortedSet<Long> heights) {
        TreeSet<Long> looked = new TreeSet<>();
        heights.forEach(height -> looked.add(settings.epoch(height)));
        TreeMap<Long, Sealers> left = new TreeMap<>(sealers);
        left.headMap(newest() - count + 1).keySet().removeIf(epoch -> !looked.contains(epoch));
        return new Following(chain, settings, verifier, left);
    }
}
