package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.fixture.Organisation;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Tries to tell from transaction certificates which belong to one holder (protocol.md §2.3).
class UnlinkableTest {
    private static final int HOLDERS = 4;
    private static final int EACH = 48;
    private static final int WINDOW = 6;
    private static final Organisation ALPHA = new Organisation("alpha.example");
    private static final List<List<Certificate>> BY_HOLDER = new ArrayList<>();

    @BeforeAll
    static void issue() {
        for (int holder = 0; holder < HOLDERS; holder++) {
            Certificate node = ALPHA.enrol("node-" + holder, freshSigner());
            // Within the hour the time of asking must not show.
            BY_HOLDER.add(
                    ALPHA.batch(
                            node,
                            grant("orders", "buyer"),
                            EACH,
                            NOW.plus(Duration.ofMinutes(holder * 7L))));
        }
    }

    @Test
    void every_field_is_the_same_for_all_or_different_for_each() {
        List<Function<Certificate, Object>> same =
                List.of(
                        Certificate::issuer,
                        Certificate::issuerKeyId,
                        Certificate::notBefore,
                        Certificate::notAfter,
                        Certificate::organisation,
                        Certificate::grant,
                        certificate -> certificate.body().subject().uri(),
                        certificate -> certificate.der().size());
        List<Function<Certificate, Comparable<?>>> different =
                List.of(
                        Certificate::serialNumber,
                        Certificate::key,
                        Certificate::keyId,
                        certificate -> ((Subject.Holder) certificate.body().subject()).pseudonym(),
                        certificate -> certificate.signature().bytes());
        for (var field : same) {
            assertThat(all().stream().map(field).distinct()).hasSize(1);
        }
        for (var field : different) {
            assertThat(all().stream().map(field).distinct()).hasSize(HOLDERS * EACH);
        }
    }

    /// Any run of bytes, at any place, that two certificates of one holder share and that is not in
    /// all certificates would link them.
    @Test
    void no_run_of_bytes_is_shared_within_a_holder_and_not_by_all() {
        TreeMap<Bytes, TreeSet<Integer>> seenIn = new TreeMap<>();
        List<Certificate> all = all();
        for (int index = 0; index < all.size(); index++) {
            Bytes der = all.get(index).der();
            for (int at = 0; at + WINDOW <= der.size(); at++) {
                seenIn.computeIfAbsent(der.slice(at, at + WINDOW), _ -> new TreeSet<>()).add(index);
            }
        }
        seenIn.forEach((window, certificates) -> {
            // Windows that touch one random byte repeat by chance, over all holders alike.
            boolean ofOneHolder =
                    certificates.size() > 1
                            && certificates.stream().map(index -> index / EACH).distinct().count()
                                    == 1
                            && certificates.size() > EACH / 2;
            assertThat(ofOneHolder).as("shared: " + window).isFalse();
        });
    }

    @Test
    void no_byte_at_a_place_is_constant_for_a_holder_and_not_for_all() {
        int size = all().getFirst().der().size();
        for (int at = 0; at < size; at++) {
            int place = at;
            long valuesOfAll = values(all(), place);
            for (List<Certificate> ofHolder : BY_HOLDER) {
                assertThat(values(ofHolder, place) == 1)
                        .as("byte " + at)
                        .isEqualTo(valuesOfAll == 1);
            }
        }
    }

    @Test
    void nothing_says_the_name_of_a_node() {
        for (Certificate certificate : all()) {
            assertThat(certificate.der().hex()).doesNotContain(Bytes.utf8("node").hex());
        }
    }

    private static long values(List<Certificate> certificates, int at) {
        return certificates.stream()
                .map(certificate -> certificate.der().at(at))
                .distinct()
                .count();
    }

    private static List<Certificate> all() {
        return BY_HOLDER.stream().flatMap(List::stream).toList();
    }
}
