package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Grant;
import org.entente.certs.Moment;
import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Holder;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.BatchPlace;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Vouch;
import org.entente.registry.Change;
import org.entente.registry.RevocationReason;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The full-sequence check: what holds is VALID, and each defect is its own fault.
final class SequenceCheckTest {
    private final Story story = Story.begun();
    private final List<Member> two = List.of(story.alpha(), story.beta());

    @Test
    void a_sound_submission_is_valid() {
        assertThat(story.rule(story.draft("one", 1).candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void more_than_half_of_the_weight_is_enough() {
        Draft draft = story.draft("one", 1).endorsedBy(two).attestedBy(two);
        assertThat(story.rule(draft.candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void what_holds_is_admitted_before_it_has_a_serial() {
        RequestCheck check = new RequestCheck(story.alliance(), Story.VERIFIER);
        assertThat(check.admission(story.draft("one", 1).sequence().ask(), Moment.now(story.now())))
                .isEqualTo(Verdict.accepted());
    }

    @TestFactory
    Stream<DynamicTest> time_epoch_and_contract() {
        return Stream.of(
                refused(
                        "a request that is late",
                        draft().request(old -> notAfter(old, story.now().minusMillis(1))),
                        Fault.REQUEST_EXPIRED),
                refused(
                        "a request that lasts for days",
                        draft().request(old -> notAfter(old, story.now().plus(Duration.ofDays(2)))),
                        Fault.INVALID_VALUE),
                refused(
                        "a request of another epoch",
                        draft().request(old -> of(old, old.epoch() + 1, old.flow())),
                        Fault.EPOCH_CHANGED),
                refused(
                        "a flow that the contract does not have",
                        draft().request(old -> of(old, old.epoch(), new Name("none"))),
                        Fault.UNKNOWN_FLOW),
                refused(
                        "a proposal of another node contract",
                        draft().nodeContract(Digest.ZERO),
                        Fault.UNBOUND));
    }

    @TestFactory
    Stream<DynamicTest> resources() {
        Place foreign = Place.own(story.gamma().chain(), Bytes.utf8("orders/7"));
        Place bytes = Place.own(story.source(), Bytes.fromHex("6f72646572732fff"));
        Place deep = new Place(story.destination(), Story.INBOX, Bytes.utf8("orders/7/lines"));
        Place elsewhere = new Place(story.destination(), "other", Bytes.utf8("orders/7"));
        return Stream.of(
                refused(
                        "a read of another chain",
                        draft().reads(foreign, Story.present()),
                        Fault.RESOURCE_OUTSIDE),
                refused(
                        "a read of a key that is no text",
                        draft().reads(bytes, Story.present()),
                        Fault.RESOURCE_OUTSIDE),
                refused(
                        "a write past the pattern",
                        draft().reads(deep, new Version.Absent()).writes(deep, Bytes.utf8("x")),
                        Fault.RESOURCE_OUTSIDE),
                refused(
                        "a write into another inbox",
                        draft().writesNothing()
                                .reads(elsewhere, new Version.Absent())
                                .writes(elsewhere, Bytes.utf8("x")),
                        Fault.RESOURCE_OUTSIDE),
                refused(
                        "a write of what was not read",
                        draft().writes(story.delivered("8"), Bytes.utf8("x")),
                        Fault.BLIND_WRITE),
                refused("nothing written", draft().writesNothing(), Fault.BLIND_WRITE),
                refused(
                        "more bytes than the flow allows",
                        draft().writes(story.delivered("7"), Bytes.copyOf(new byte[64 * 1024 + 1])),
                        Fault.TOO_LARGE));
    }

    @TestFactory
    Stream<DynamicTest> requesters() {
        Instant hour = story.now().truncatedTo(ChronoUnit.HOURS);
        return Stream.of(
                refused(
                        "another role",
                        draft().by(Holder.of(story.alpha(), story.id(), "smith", story.now())),
                        Fault.WRONG_ROLE),
                refused(
                        "another organisation",
                        draft().by(Holder.of(story.beta(), story.id(), "clerk", story.now())),
                        Fault.WRONG_ROLE),
                refused(
                        "an organisation that is no party",
                        draft().by(
                                        Holder.of(
                                                new Member("stranger.example"),
                                                story.id(),
                                                "clerk",
                                                story.now())),
                        Fault.UNTRUSTED_ISSUER),
                refused(
                        "a grant for another flow",
                        draft().by(Holder.of(story.alpha().generation(), grant("none"), hour)),
                        Fault.WRONG_FLOW),
                refused(
                        "a certificate that ended",
                        draft().by(
                                        Holder.of(
                                                story.alpha().generation(),
                                                grant("orders"),
                                                hour.minus(Duration.ofHours(25)))),
                        Fault.CERTIFICATE_EXPIRED),
                refused(
                        "a certificate that begins later",
                        draft().by(
                                        Holder.of(
                                                story.alpha().generation(),
                                                grant("orders"),
                                                hour.plus(Duration.ofHours(1)))),
                        Fault.CERTIFICATE_NOT_YET_VALID),
                refused(
                        "a certificate of a generation that never was",
                        draft().by(Holder.of(story.alpha().generation(2), grant("orders"), hour)),
                        Fault.UNTRUSTED_ISSUER));
    }

    @TestFactory
    Stream<DynamicTest> signatures() {
        return Stream.of(
                refused("a host that is none", draft().proposedBy(story.beta()), Fault.NOT_A_HOST),
                refused(
                        "exactly a third of the weight",
                        draft().endorsedBy(List.of(story.alpha())),
                        Fault.WEIGHT_TOO_LOW),
                refused(
                        "an endorser that nobody asked",
                        draft().endorsedBy(
                                        List.of(
                                                story.alpha(),
                                                story.beta(),
                                                new Member("stranger.example"))),
                        Fault.NOT_A_SIGNER),
                refused(
                        "an endorsement taken for another's",
                        draft().endorsements(SequenceCheckTest::swapped),
                        Fault.BAD_SIGNATURE),
                refused(
                        "an endorsement with a path that is too short",
                        draft().endorsements(SequenceCheckTest::cut),
                        Fault.BAD_PROOF));
    }

    @Test
    void the_wrong_endorsement_is_named_by_its_index() {
        Ruling ruling = story.rule(draft().endorsements(SequenceCheckTest::swapped).candidate());
        assertThat(ruling.verdict().toString()).contains("number 0");
    }

    @Test
    void parts_of_two_submissions_do_not_go_together() {
        Draft one = story.draft("one", 1);
        Draft other = story.draft("other", 1, "8");
        Parsed<Candidate> mixed = Candidate.of(one.sequence(), other.candidate().evidence());
        assertThat(mixed.verdict()).isInstanceOf(Verdict.Rejected.class);
        assertThat(mixed.verdict().toString()).contains("UNBOUND");
    }

    @Test
    void an_organisation_that_is_not_the_certificates_is_found_out() {
        Draft draft =
                draft().request(old ->
                        new Request(
                                old.alliance(),
                                old.epoch(),
                                story.beta().id(),
                                old.contract(),
                                old.flow(),
                                old.exchangeId(),
                                old.attempt(),
                                old.arguments(),
                                old.notAfter(),
                                old.certificate()));
        assertThat(draft.parsed().verdict().toString()).contains("UNBOUND");
    }

    @Test
    void a_paused_flow_takes_nothing_until_it_runs_again() {
        Candidate candidate = draft().candidate();
        story.world()
                .accept(
                        story.beta()
                                .agentSigned(
                                        new Change.FlowPaused(
                                                story.id(), Contracts.FLOW, story.beta().id(), 0)));
        story.changed();
        assertThat(fault(story.rule(candidate))).isEqualTo(Fault.FLOW_PAUSED);

        story.world()
                .accept(
                        story.beta()
                                .agentSigned(
                                        new Change.FlowResumed(
                                                story.id(), Contracts.FLOW, story.beta().id(), 1)));
        story.changed();
        assertThat(story.rule(candidate)).isEqualTo(Ruling.VALID);
    }

    @Test
    void a_revoked_certificate_asks_for_nothing_from_its_entry_on() {
        Holder clerk = story.clerk();
        story.order(story.draft("before", 1).by(clerk).candidate());
        story.world()
                .accept(
                        story.alpha()
                                .rootSigned(
                                        new Change.CertificateRevoked(
                                                story.alpha().id(),
                                                story.alpha()
                                                        .generation()
                                                        .authorities()
                                                        .transaction()
                                                        .digest(),
                                                clerk.certificate().serialNumber(),
                                                RevocationReason.KEY_COMPROMISE)));
        story.changed();

        Candidate after = story.draft("after", 1, "8").by(clerk).candidate();
        assertThat(fault(story.rule(after))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(story.notary().book().open()).hasSize(1);
    }

    @Test
    void under_single_use_a_certificate_serves_one_request() {
        Story once = Story.with("\"singleUse\": true");
        Holder clerk = once.clerk();
        once.order(once.draft("one", 1).by(clerk).candidate());
        assertThat(fault(once.rule(once.draft("two", 1, "8").by(clerk).candidate())))
                .isEqualTo(Fault.CERTIFICATE_USED);
        assertThat(once.rule(once.draft("two", 1, "8").candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void a_condition_that_does_not_hold_refuses() {
        Story strict =
                Story.with("\"condition\": \"attempt < 2 && sizes.all(key, sizes[key] < 40)\"");
        assertThat(strict.rule(strict.draft("one", 1).candidate())).isEqualTo(Ruling.VALID);
        assertThat(fault(strict.rule(strict.draft("one", 2).candidate())))
                .isEqualTo(Fault.CONDITION_FALSE);
    }

    private Draft draft() {
        return story.draft("one", 1);
    }

    private Grant grant(String flow) {
        return new Grant(
                story.id(),
                Contracts.FLOW.contract(),
                Sorted.copyOf(List.of(new Name(flow))),
                Sorted.copyOf(List.of(new Name("clerk"))));
    }

    private DynamicTest refused(String name, Draft draft, Fault fault) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    Ruling ruling = story.rule(draft.candidate());
                    assertThat(fault(ruling)).as(ruling.toString()).isEqualTo(fault);
                });
    }

    static Fault fault(Ruling ruling) {
        return Fault.numbered(ruling.faultNumber())
                .orElseThrow(() -> new AssertionError("no fault: " + ruling));
    }

    private static List<Vouch> swapped(List<Vouch> vouches) {
        List<Vouch> changed = new ArrayList<>(vouches);
        Vouch first = vouches.getFirst();
        changed.set(0, new Vouch(first.agent(), first.place(), vouches.get(1).signature()));
        return changed;
    }

    private static List<Vouch> cut(List<Vouch> vouches) {
        List<Vouch> changed = new ArrayList<>(vouches);
        Vouch first = vouches.getFirst();
        changed.set(
                0, new Vouch(first.agent(), new BatchPlace(1, 2, List.of()), first.signature()));
        return changed;
    }

    private static Request notAfter(Request old, Instant notAfter) {
        return new Request(
                old.alliance(),
                old.epoch(),
                old.organisation(),
                old.contract(),
                old.flow(),
                old.exchangeId(),
                old.attempt(),
                old.arguments(),
                notAfter.truncatedTo(ChronoUnit.MILLIS),
                old.certificate());
    }

    private static Request of(Request old, long epoch, Name flow) {
        return new Request(
                old.alliance(),
                epoch,
                old.organisation(),
                old.contract(),
                flow,
                old.exchangeId(),
                old.attempt(),
                old.arguments(),
                old.notAfter(),
                old.certificate());
    }
}
