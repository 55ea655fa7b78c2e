package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeSignature;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SortedSet;

/// What an inbox contract proves before it looks at its own state.
final class DeliveryCheckTest {
    private static final SortedSet<VerifyingKey> NONE = Sorted.copyOf(List.<VerifyingKey>of());
    private final Story story = Story.begun();
    private final Draft draft = story.draft("one", 1);
    private final Candidate candidate = draft.candidate();
    private final long serial = story.order(candidate).serial();
    private final DeliveryCheck check = new DeliveryCheck(NONE, Story.VERIFIER);

    @Test
    void what_the_majority_sealed_and_endorsed_is_accepted() {
        Delivery delivery = story.delivery(serial, candidate, draft.values());
        assertThat(check.sighting(delivery.sighting(), story.record()))
                .isEqualTo(Verdict.accepted());
        assertThat(deliver(delivery)).isEqualTo(Verdict.accepted());
    }

    @Test
    void a_seal_of_exactly_or_less_than_half_is_no_seal() {
        Sighting one = story.sighting(serial, story.notary().size(), List.of(story.alpha()));
        assertThat(fault(check.sighting(one, story.record()))).isEqualTo(Fault.WEIGHT_TOO_LOW);
    }

    @Test
    void a_strangers_or_a_borrowed_seal_refuses_them_all() {
        Member stranger = new Member("stranger.example");
        Sighting strange =
                story.sighting(
                        serial,
                        story.notary().size(),
                        List.of(story.alpha(), story.beta(), stranger));
        assertThat(fault(check.sighting(strange, story.record()))).isEqualTo(Fault.NOT_A_SIGNER);

        Sealed sound = story.sealed(story.notary().size(), story.members());
        List<NodeSignature> borrowed =
                List.of(
                        sound.signatures().get(0),
                        new NodeSignature(
                                sound.signatures().get(1).node(),
                                sound.signatures().get(0).signature()));
        assertThat(fault(check.sighting(with(new Sealed(sound.seal(), borrowed)), story.record())))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void a_struck_key_counts_zero_and_stays_in_the_total() {
        DeliveryCheck striking =
                new DeliveryCheck(
                        Sorted.copyOf(List.of(story.alpha().agentKey().key())), Story.VERIFIER);
        Delivery all = story.delivery(serial, candidate, draft.values());
        assertThat(striking.sighting(all.sighting(), story.record())).isEqualTo(Verdict.accepted());

        Sighting two =
                story.sighting(serial, story.notary().size(), List.of(story.alpha(), story.beta()));
        assertThat(fault(striking.sighting(two, story.record()))).isEqualTo(Fault.WEIGHT_TOO_LOW);
    }

    @Test
    void an_entry_under_another_root_is_refused() {
        Seal seal = story.sealed(story.notary().size(), story.members()).seal();
        Seal forged =
                new Seal(seal.alliance(), seal.epoch(), seal.size(), Digest.ZERO, seal.time());
        assertThat(
                        fault(
                                check.sighting(
                                        with(story.sealed(forged, story.members())),
                                        story.record())))
                .isEqualTo(Fault.BAD_PROOF);
    }

    @Test
    void a_seal_of_another_epoch_or_alliance_is_refused() {
        Seal seal = story.sealed(story.notary().size(), story.members()).seal();
        Seal later =
                new Seal(seal.alliance(), seal.epoch() + 1, seal.size(), seal.root(), seal.time());
        Seal foreign =
                new Seal(AllianceId.ZERO, seal.epoch(), seal.size(), seal.root(), seal.time());
        for (Seal wrong : List.of(later, foreign)) {
            assertThat(
                            fault(
                                    check.sighting(
                                            with(story.sealed(wrong, story.members())),
                                            story.record())))
                    .isEqualTo(Fault.UNBOUND);
        }
    }

    @Test
    void values_that_were_not_endorsed_are_refused() {
        Delivery altered = story.delivery(serial, candidate, List.of(Bytes.utf8("mine")));
        assertThat(fault(deliver(altered))).isEqualTo(Fault.UNBOUND);
    }

    @Test
    void parts_of_another_submission_are_refused() {
        Candidate other = story.draft("other", 1, "8").candidate();
        Delivery mixed = Story.delivery(story.sighting(serial), other, List.of(Bytes.utf8("x")));
        assertThat(fault(deliver(mixed))).isEqualTo(Fault.UNBOUND);
    }

    @Test
    void a_delivery_for_another_inbox_or_chain_is_refused() {
        Delivery delivery = story.delivery(serial, candidate, draft.values());
        assertThat(fault(check.delivery(delivery, story.record(), story.destination(), "other")))
                .isEqualTo(Fault.UNBOUND);
        assertThat(
                        fault(
                                check.delivery(
                                        delivery,
                                        story.record(),
                                        new ChainId("solo:other"),
                                        Story.INBOX)))
                .isEqualTo(Fault.UNBOUND);
    }

    @Test
    void what_is_invalid_is_not_delivered_however_well_it_is_sealed() {
        Draft weak = story.draft("weak", 1, "8").endorsedBy(List.of(story.alpha()));
        Candidate invalid = weak.candidate();
        long at = story.order(invalid).serial();
        assertThat(fault(deliver(story.delivery(at, invalid, weak.values()))))
                .isEqualTo(Fault.UNBOUND);
    }

    private Sighting with(Sealed sealed) {
        InclusionProof inclusion = story.tree(story.notary().size()).inclusion(serial);
        return new Sighting(story.log().get(Math.toIntExact(serial)).entry(), inclusion, sealed);
    }

    private Verdict deliver(Delivery delivery) {
        return check.delivery(delivery, story.record(), story.destination(), Story.INBOX);
    }

    private static Fault fault(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected why) {
            return why.fault();
        }
        throw new AssertionError("it was accepted");
    }
}
