package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.RememberingVerifier;
import org.entente.certs.Verifier;
import org.entente.client.fixture.Tale;
import org.entente.endorsement.ReceiptCheck;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;

/// A receipt's file proves itself or is refused with a reason.
class ReceiptFileTest {
    private static final int SIZE_BYTES_MAX = 10_000;

    /// Of ten thousand altered files, most signatures are as they were.
    private static final Verifier VERIFIER = new RememberingVerifier(Story.VERIFIER, 1_024);

    /// What a receipt can be of.
    enum Kind {
        VALID,
        INVALID,
        SETTLED
    }

    private static ReceiptFile file(Kind kind, Story story, boolean portable) {
        long serial =
                story.order(
                                kind == Kind.INVALID
                                        ? story.draft("one", 1)
                                                .endorsedBy(List.of(story.alpha()))
                                                .candidate()
                                        : story.draft("one", 1).candidate())
                        .serial();
        Optional<Long> end =
                kind == Kind.SETTLED
                        ? Optional.of(story.settle(serial, Settlement.End.APPLIED, 0).serial())
                        : Optional.empty();
        return portable ? Tale.portable(story, serial, end) : Tale.file(story, serial, end);
    }

    private static Parsed<ReceiptCheck.Proven> verify(
            Bytes file, AllianceId alliance, Optional<Trust> trust) {
        return ReceiptFile.read(file).then(read -> read.verify(alliance, trust, VERIFIER));
    }

    /// Of the longest file every bit, of the others one of each byte.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_flipped_bit_of_the_file_is_refused_or_changes_nothing(Kind kind) {
        Story story = Story.begun();
        ReceiptFile file = file(kind, story, false);
        Optional<Trust> trust = Optional.of(Tale.trust(story));
        byte[] bytes = file.write().toArray();
        assertThat(verify(file.write(), story.id(), trust).orThrow()).isNotNull();
        int flips = 0;
        int refused = 0;
        for (int index = 0; index < bytes.length; index++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if (kind != Kind.SETTLED && bit != index % Byte.SIZE) {
                    continue;
                }
                flips++;
                bytes[index] ^= (byte) (1 << bit);
                Bytes flipped = Bytes.copyOf(bytes);
                Parsed<ReceiptCheck.Proven> proven = verify(flipped, story.id(), trust);
                if (proven.verdict() instanceof Verdict.Rejected why) {
                    assertThat(why.detail()).as("byte " + index + " bit " + bit).isNotBlank();
                    refused++;
                } else {
                    assertThat(ReceiptFile.read(flipped).orThrow().receipt())
                            .as("byte " + index + " bit " + bit)
                            .isEqualTo(file.receipt());
                }
                bytes[index] ^= (byte) (1 << bit);
            }
        }
        assertThat(refused).isGreaterThan(flips * 9 / 10);
    }

    @Test
    void a_portable_receipt_needs_the_alliances_id_alone_and_no_byte_of_it_can_be_flipped() {
        Story story = Story.begun();
        story.amend(new Contracts(story.members()).perHour(7).version(2));
        ReceiptFile file = file(Kind.SETTLED, story, true);
        assertThat(verify(file.write(), story.id(), Optional.empty()).orThrow().settlement())
                .isPresent();
        byte[] bytes = file.write().toArray();
        for (int index = 0; index < bytes.length; index++) {
            byte before = bytes[index];
            bytes[index] ^= (byte) (1 << (index % Byte.SIZE));
            Bytes flipped = Bytes.copyOf(bytes);
            if (verify(flipped, story.id(), Optional.empty()).verdict().isAccepted()) {
                assertThat(ReceiptFile.read(flipped).orThrow()).as("byte " + index).isEqualTo(file);
            }
            bytes[index] = before;
        }
    }

    @Test
    void with_seven_endorsers_it_has_less_than_ten_kilobytes() {
        Story story = Story.among(7);
        ReceiptFile file = file(Kind.SETTLED, story, false);
        assertThat(verify(file.write(), story.id(), Optional.of(Tale.trust(story))).orThrow())
                .isNotNull();
        System.out.println("receipt with 7 endorsers: " + file.write().size() + " bytes");
        assertThat(file.write().size()).isLessThan(SIZE_BYTES_MAX);
    }

    @Test
    void without_any_epoch_record_nothing_is_proven() {
        Story story = Story.begun();
        ReceiptFile file = file(Kind.VALID, story, false);
        refusedAs(Fault.EPOCH_UNKNOWN, verify(file.write(), story.id(), Optional.empty()));
    }

    @Test
    void another_alliances_receipt_is_refused() {
        Story story = Story.begun();
        ReceiptFile file = file(Kind.VALID, story, true);
        AllianceId other = new AllianceId(Digest.of(Bytes.EMPTY));
        refusedAs(Fault.UNBOUND, verify(file.write(), other, Optional.empty()));
        ReceiptFile renamed = new ReceiptFile(other, file.receipt(), file.epochs());
        refusedAs(Fault.UNBOUND, verify(renamed.write(), other, Optional.empty()));
    }

    @Test
    void a_trust_bundle_survives_its_file_and_an_altered_one_is_refused() {
        Story story = Story.begun();
        story.amend(new Contracts(story.members()).perHour(7).version(2));
        Trust trust = Tale.trust(story);
        assertThat(TrustFile.read(TrustFile.write(trust), Story.VERIFIER))
                .isEqualTo(Parsed.of(trust));
        assertThat(trust.flow(Contracts.FLOW).orElseThrow().limits().perHour()).isEqualTo(7);
        Trust cut =
                new Trust(
                        trust.alliance(),
                        trust.epochs().subList(1, 2),
                        trust.known(),
                        trust.files());
        refusedAs(Fault.MALFORMED, TrustFile.read(TrustFile.write(cut), Story.VERIFIER));
    }

    @Test
    void an_unknown_field_is_refused() {
        Story story = Story.begun();
        String text = file(Kind.VALID, story, false).write().asUtf8();
        Bytes more = Bytes.utf8(text.replace("\"receipt\":", "\"more\":1,\"receipt\":"));
        refusedAs(Fault.UNKNOWN_FIELD, ReceiptFile.read(more));
    }

    private static void refusedAs(Fault fault, Parsed<?> parsed) {
        assertThat(parsed.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class, why -> assertThat(why.fault()).isEqualTo(fault));
    }
}
