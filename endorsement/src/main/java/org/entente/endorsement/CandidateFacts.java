package org.entente.endorsement;

import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Write;
import org.entente.registry.contract.Facts;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a flow's condition sees of a submission.
final class CandidateFacts {
    private CandidateFacts() {}

    static Facts of(Candidate candidate, Instant time) {
        TreeSet<Place> places = new TreeSet<>();
        TreeMap<String, String> versions = new TreeMap<>();
        TreeMap<String, Long> sizes = new TreeMap<>();
        for (Read read : candidate.evidence().readSet().reads()) {
            places.add(read.place());
            versions.put(Reach.words(read.place()), words(read.version()));
        }
        for (Write write : candidate.evidence().writeSet().writes()) {
            places.add(write.place());
            sizes.put(Reach.words(write.place()), (long) write.sizeBytes());
        }
        Certificate certificate = candidate.certificate();
        return new Facts(
                certificate.organisation(),
                certificate.grant().map(Grant::roles).orElse(Sorted.copyOf(List.<Name>of())),
                candidate.request().flow(),
                places.stream().map(Reach::words).toList(),
                versions,
                sizes,
                candidate.request().attempt(),
                time);
    }

    private static String words(Version version) {
        return switch (version) {
            case Version.Absent() -> Facts.ABSENT;
            case Version.Present(var bytes) -> bytes.hex();
        };
    }
}
