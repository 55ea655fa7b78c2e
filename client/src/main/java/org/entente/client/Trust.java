package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.KnownEpochs;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.registry.Change;
import org.entente.registry.ContractListing;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What has to be known of an alliance to check anything of it: its epoch records, from its id on,
/// each sealed by the epoch before, with the contracts that they list. Whoever handed it over need
/// not be believed (protocol.md §9.4).
///
/// @param epochs as they travel: the change of record 0, then a notice for each next one
/// @param files the contracts and node contracts, by their digests
public record Trust(
        AllianceId alliance,
        List<Bytes> epochs,
        KnownEpochs known,
        SortedMap<Digest, Bytes> files) {
    /// Beyond it a bundle is refused.
    static final int EPOCH_COUNT_MAX = 10_000;

    public Trust {
        epochs = List.copyOf(epochs);
        files = Sorted.copyOf(files);
    }

    /// Checks everything.
    public static Parsed<Trust> of(AllianceId alliance, List<Bytes> epochs, Verifier verifier) {
        if (epochs.isEmpty() || epochs.size() > EPOCH_COUNT_MAX) {
            return Parsed.refused(Fault.MALFORMED, epochs.size() + " epoch records");
        }
        Parsed<Trust> trust = founded(alliance, epochs.getFirst());
        for (Bytes notice : epochs.subList(1, epochs.size())) {
            trust = trust.then(each -> each.with(notice, verifier));
        }
        return trust;
    }

    private static Parsed<Trust> founded(AllianceId alliance, Bytes change) {
        return KnownEpochs.founded(alliance, change)
                .then(known ->
                        new Trust(alliance, List.of(change), known, Sorted.empty())
                                .withFiles(change));
    }

    /// With the next epoch's notice.
    Parsed<Trust> with(Bytes bytes, Verifier verifier) {
        return EpochNotice.FORMAT
                .decode(bytes)
                .then(notice ->
                        known.with(notice, verifier).then(next -> with(bytes, notice, next)));
    }

    private Parsed<Trust> with(Bytes bytes, EpochNotice notice, KnownEpochs next) {
        if (next.equals(known)) {
            return Parsed.refused(Fault.DUPLICATE_FIELD, "an epoch record is there twice");
        }
        List<Bytes> more = new ArrayList<>(epochs);
        more.add(bytes);
        return new Trust(alliance, more, next, files).withFiles(notice.change());
    }

    /// The record's digest does not cover the files that travel with it: each must be one that the
    /// record lists, and each that it lists must be known.
    private Parsed<Trust> withFiles(Bytes change) {
        if (!(Change.FORMAT.decode(change).orThrow() instanceof Change.RecordProposed proposed)) {
            return Parsed.refused(Fault.INVALID_VALUE, "the change proposes no record");
        }
        TreeMap<Digest, Bytes> all = new TreeMap<>(files);
        TreeSet<Digest> brought = new TreeSet<>();
        Stream.concat(proposed.contracts().stream(), proposed.nodeContracts().stream())
                .forEach(file -> {
                    brought.add(Digest.of(file));
                    all.put(Digest.of(file), file);
                });
        TreeSet<Digest> listed = new TreeSet<>();
        known.newest().contracts().forEach(each -> listed.add(each.digest()));
        known.newest().nodeContracts().forEach(each -> listed.add(each.digest()));
        return listed.containsAll(brought) && all.keySet().containsAll(listed)
                ? Parsed.of(new Trust(alliance, epochs, known, all))
                : Parsed.refused(
                        Fault.UNBOUND,
                        "the files with record "
                                + known.newest().epoch()
                                + " are not those that it lists");
    }

    /// From a relay, which cannot make it up.
    public static Trust fetch(RelayExchanges relay, AllianceId alliance, Verifier verifier)
            throws Refused, Unreachable {
        Trust founded = Refused.unless(founded(alliance, relay.epoch(alliance, 0)));
        return founded.refreshed(relay, verifier);
    }

    /// With every record that the relay has by now.
    public Trust refreshed(RelayExchanges relay, Verifier verifier) throws Refused, Unreachable {
        Trust trust = this;
        while (trust.epochs.size() < EPOCH_COUNT_MAX) {
            Optional<Bytes> next = next(relay, alliance, trust.known.newest().epoch() + 1);
            if (next.isEmpty()) {
                return trust;
            }
            trust = Refused.unless(trust.with(next.get(), verifier));
        }
        return trust;
    }

    private static Optional<Bytes> next(RelayExchanges relay, AllianceId alliance, long number)
            throws Refused, Unreachable {
        try {
            return Optional.of(relay.epoch(alliance, number));
        } catch (Refused e) {
            Optional<Fault> fault = e.problem().fault();
            if (fault.equals(Optional.of(Fault.NOT_FOUND))
                    || fault.equals(Optional.of(Fault.NOT_YET))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A flow as the newest known record's contracts have it.
    public Optional<Flow> flow(FlowName name) {
        return known.newest().contracts().stream()
                .filter(listing -> listing.name().equals(name.contract()))
                .map(ContractListing::digest)
                .flatMap(digest -> Optional.ofNullable(files.get(digest)).stream())
                .flatMap(file ->
                        AllianceContract.parse(file)
                                .map(contract -> contract.flow(name.flow()))
                                .orThrow()
                                .stream())
                .findFirst();
    }
}
