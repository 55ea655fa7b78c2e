package org.entente.adapter.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.fixture.Mined;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.por.Certificate;
import org.entente.light.por.Link;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// A header of PoR is taken when it is the one that was buried by the members, and no other.
final class PorEvidenceTest {
    private static final ChainId CHAIN = new ChainId("por:light");
    private static final int NODES = 4;
    private static final Settings SETTINGS = Party.settings(NODES, 3);
    private static final Genesis GENESIS =
            new Genesis(
                    CHAIN,
                    new Name("por"),
                    Party.account(0).key(),
                    creators(),
                    List.of(),
                    Instant.ofEpochSecond(1_000),
                    Settings.FORMAT.encode(SETTINGS));
    private static final SortedSet<Long> NONE = Sorted.copyOf(List.<Long>of());

    private final Finality finality =
            Finality.of(GENESIS, new Verifiers(Party.CRYPTOGRAPHY.verifier(), Played.VERIFIER))
                    .orThrow();

    private final List<Certificate> made = new ArrayList<>();
    private Link tip =
            Link.first(SETTINGS, Genesis.FORMAT.digest(GENESIS), Digest.ZERO, GENESIS.time());

    private static List<VerifyingKey> creators() {
        List<VerifyingKey> creators = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            creators.add(Party.account(node).key());
        }
        return creators.stream().sorted().toList();
    }

    private void make(int count) {
        for (int block = 0; block < count; block++) {
            int node = (int) (tip.height() % NODES);
            Certificate next =
                    Mined.block(
                            CHAIN,
                            tip,
                            node,
                            Party.node(node),
                            header(tip.height() + 1, "sound").header().digest());
            made.add(next);
            tip = tip.with(next, tip.rules());
        }
    }

    private static CertifiedHeader header(long height, String state) {
        return new CertifiedHeader(
                new Header(
                        CHAIN,
                        height,
                        Digest.ZERO,
                        Instant.EPOCH,
                        0,
                        Digest.ZERO,
                        Digest.ZERO,
                        Digest.of(Bytes.utf8(state)),
                        Party.account(0).key()),
                Bytes.EMPTY);
    }

    private Bytes shown(int from) {
        return Trail.FORMAT.encode(new Trail(made.subList(from - 1, made.size()), List.of()));
    }

    private static Fault fault(Verdict verdict) {
        return verdict instanceof Verdict.Rejected(Fault fault, var _) ? fault : Fault.INTERNAL;
    }

    @Test
    void a_header_is_taken_when_it_was_certified_and_buried() {
        make(10);
        Evidence begun = finality.begun(NONE);
        assertThat(begun.missing(3)).contains("/v1/por/trail?from=1");
        Evidence after = begun.with(shown(1)).orThrow();
        assertThat(after.missing(4)).isEmpty();
        assertThat(after.check(header(4, "sound"))).isEqualTo(Verdict.accepted());
        assertThat(fault(after.check(header(4, "forged")))).isEqualTo(Fault.BAD_PROOF);
        // Block 5 has five above it, which is one too few.
        assertThat(after.missing(5)).contains("/v1/por/trail?from=5");
        make(1);
        Evidence later = after.with(shown(5)).orThrow();
        assertThat(later.check(header(5, "sound"))).isEqualTo(Verdict.accepted());
        assertThat(later.check(header(1, "sound"))).isEqualTo(Verdict.accepted());
    }

    @Test
    void what_shows_nothing_new_leaves_the_question_as_it_was() {
        make(6);
        Evidence begun = finality.begun(NONE);
        assertThat(begun.with(shown(1)).orThrow().missing(1)).isEqualTo(begun.missing(1));
        assertThat(begun.missing(0)).isPresent();
    }

    @Test
    void blocks_that_stand_upon_others_are_told_from_those_that_are_wrong() {
        make(12);
        Evidence after = finality.begun(NONE).with(shown(1)).orThrow();
        Parsed<Evidence> again = after.with(shown(1));
        assertThat(fault(again.verdict())).isEqualTo(Fault.OUTDATED);
        assertThat(fault(after.with(Bytes.utf8("no trail")).verdict())).isEqualTo(Fault.MALFORMED);
        Certificate last = made.getLast();
        made.set(
                made.size() - 1,
                new Certificate(last.header(), last.creation(), last.path(), Bytes.utf8("forged")));
        assertThat(fault(finality.begun(NONE).with(shown(1)).verdict()))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void old_blocks_are_forgotten_but_those_that_are_looked_at() {
        make(26);
        Evidence now =
                PorEvidence.finality(GENESIS, Played.VERIFIER, 8)
                        .orThrow()
                        .begun(Sorted.copyOf(List.of(7L)))
                        .with(shown(1))
                        .orThrow();
        assertThat(now.missing(20)).isEmpty();
        assertThat(now.check(header(20, "sound"))).isEqualTo(Verdict.accepted());
        assertThat(now.check(header(12, "sound"))).isEqualTo(Verdict.accepted());
        assertThat(fault(now.check(header(11, "sound")))).isEqualTo(Fault.OUTDATED);
        assertThat(now.check(header(7, "sound"))).isEqualTo(Verdict.accepted());
        assertThat(fault(now.check(header(6, "sound")))).isEqualTo(Fault.OUTDATED);
    }
}
