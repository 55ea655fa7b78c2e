package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Verifier;
import org.entente.light.fixture.Sample;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// `docs/vectors/industrial.json` pins the encodings of docs/chains/industrial.md, and the bytes
/// that are signed. Writing it anew takes `-Dvectors=write` and is a change of the format.
final class EncodingsTest {
    private static final int CHANGE_COUNT = 150;
    private static final Verifier VERIFIER = Keys.CRYPTOGRAPHY.verifier();

    private static List<Sample<?>> samples() throws IOException {
        return new Samples(Vectors.read().members()).all();
    }

    @Test
    void every_object_is_that_of_the_vectors() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            Vectors.write();
        }
        JsonNode objects = Vectors.json().path("objects");
        assertThat(objects.size()).isEqualTo(samples().size());
        Sample.compare(samples(), objects);
    }

    @Test
    void every_signature_of_the_vectors_holds_over_its_digest_alone() throws IOException {
        List<Vectors.Said> said = Vectors.said(Vectors.json());
        for (Vectors.Said each : said) {
            assertThat(VERIFIER.verify(each.key(), each.digest(), each.signature())).isTrue();
        }
        assertThat(
                        VERIFIER.verify(
                                said.get(0).key(), said.get(1).digest(), said.get(0).signature()))
                .isFalse();
    }

    /// A vote of each phase, put in the place of each other word of its sealer.
    @Test
    void no_signed_word_passes_for_another() throws IOException {
        for (String name : List.of("message-Vote", "message-Propose")) {
            Message message =
                    Message.FORMAT
                            .decode(Bytes.fromHex(Vectors.json().at("/objects/" + name).asString()))
                            .orThrow();
            Ballot ballot =
                    switch (message) {
                        case Message.Vote vote -> vote.ballot();
                        case Message.Propose propose -> propose.ballot();
                        default -> throw new AssertionError(name);
                    };
            assertThat(ballot.isSigned(Samples.CHAIN, VERIFIER)).isTrue();
            assertThat(ballot.isSigned(new ChainId("icb:other"), VERIFIER)).isFalse();
            for (Ballot.Phase phase : Ballot.Phase.values()) {
                assertThat(with(ballot, phase, ballot.turn()).isSigned(Samples.CHAIN, VERIFIER))
                        .isEqualTo(phase == ballot.phase());
            }
            Turn turn = ballot.turn();
            Stream.of(
                            new Turn(turn.epoch() + 1, turn.view(), turn.height()),
                            new Turn(turn.epoch(), turn.view() + 1, turn.height()),
                            new Turn(turn.epoch(), turn.view(), turn.height() + 1))
                    .forEach(other ->
                            assertThat(
                                            with(ballot, ballot.phase(), other)
                                                    .isSigned(Samples.CHAIN, VERIFIER))
                                    .isFalse());
        }
    }

    private static Ballot with(Ballot ballot, Ballot.Phase phase, Turn turn) {
        return new Ballot(phase, turn, ballot.header(), ballot.sealer(), ballot.signature());
    }

    /// PREPAREs of a quorum make no header final.
    @Test
    void the_certificate_of_the_vectors_is_of_commits() throws IOException {
        JsonNode objects = Vectors.json().path("objects");
        Sealers sealers =
                Sealers.FORMAT.decode(Bytes.fromHex(objects.path("sealers").asString())).orThrow();
        CommitCertificate certificate =
                CommitCertificate.FORMAT
                        .decode(Bytes.fromHex(objects.path("certificate").asString()))
                        .orThrow();
        assertThat(certificate.check(Samples.CHAIN, sealers, VERIFIER).isAccepted()).isTrue();
        Turn turn = certificate.turn();
        CommitCertificate moved =
                new CommitCertificate(
                        turn.with(turn.view() + 1), certificate.header(), certificate.commits());
        assertThat(moved.check(Samples.CHAIN, sealers, VERIFIER).isAccepted()).isFalse();
        assertThat(certificate.check(new ChainId("icb:other"), sealers, VERIFIER).isAccepted())
                .isFalse();
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() throws IOException {
        Sample.change(samples(), CHANGE_COUNT);
    }
}
