package org.entente.adapter.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.light.fixture.Committed;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Lottery;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;
import org.entente.light.industrial.Turn;
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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;

/// A header of the industrial chain is taken by the word of its epoch's sealers, who are followed
/// from the genesis, and by nobody else's.
final class IndustrialEvidenceTest {
    private static final Path VECTORS = Path.of("../../docs/vectors/industrial.json");
    private static final ChainId CHAIN = new ChainId("icb:light");
    private static final int EPOCH_BLOCKS = 5;
    private static final Settings SETTINGS =
            new Settings(4, EPOCH_BLOCKS, 2, Duration.ofSeconds(2), Rates.USUAL);
    private static final List<Signer> MEMBERS =
            IntStream.range(0, 7).mapToObj(Party::account).toList();
    private static final Genesis GENESIS =
            new Genesis(
                    CHAIN,
                    new Name("industrial"),
                    MEMBERS.getFirst().key(),
                    keys(MEMBERS).stream().toList(),
                    List.of(),
                    Instant.ofEpochSecond(1_000),
                    Settings.FORMAT.encode(SETTINGS));
    private static final SortedSet<Long> NONE = Sorted.copyOf(List.<Long>of());
    private static final List<Signer> FIRST =
            who(Lottery.first(keys(MEMBERS), SETTINGS, Genesis.FORMAT.digest(GENESIS)));
    private static final List<Signer> EARLY = MEMBERS.subList(0, 4);
    private static final List<Signer> LATE = MEMBERS.subList(3, 7);

    private final Finality finality = finality(GENESIS).orThrow();

    private static Parsed<Finality> finality(Genesis genesis) {
        return Finality.of(genesis, new Verifiers(Party.CRYPTOGRAPHY.verifier(), Played.VERIFIER));
    }

    private static SortedSet<VerifyingKey> keys(List<Signer> who) {
        return Sorted.copyOf(who.stream().map(Signer::key).toList());
    }

    private static List<Signer> who(Sealers sealers) {
        return MEMBERS.stream().filter(each -> sealers.has(each.key())).toList();
    }

    /// A state with who seals in an epoch, among other things.
    private static State state(long epoch, List<Signer> sealing) {
        Draft draft = new Draft(State.EMPTY);
        for (int number = 0; number < 20; number++) {
            draft.put(
                    org.entente.chain.state.StateKey.own(Bytes.utf8("key" + number)),
                    new Position(1, number).version(),
                    Bytes.utf8("value"));
        }
        draft.put(
                org.entente.chain.state.StateKey.system(Sealers.place(epoch)),
                new Position(epoch * EPOCH_BLOCKS, 1).version(),
                Sealers.FORMAT.encode(new Sealers(epoch, keys(sealing))));
        return State.EMPTY.with(draft.written());
    }

    private static CertifiedHeader header(long height, Digest state, List<Signer> by) {
        return header(CHAIN, height, state, by);
    }

    private static CertifiedHeader header(
            ChainId chain, long height, Digest state, List<Signer> by) {
        Header header =
                new Header(
                        chain,
                        height,
                        Digest.ZERO,
                        Instant.EPOCH,
                        0,
                        Digest.ZERO,
                        Digest.ZERO,
                        state,
                        MEMBERS.getFirst().key());
        Turn turn = new Turn(SETTINGS.epoch(height), 0, height);
        return new CertifiedHeader(
                header,
                CommitCertificate.FORMAT.encode(Committed.by(by, chain, turn, header.digest())));
    }

    /// The end of an epoch.
    private static Trail.Part end(long epoch, List<Signer> by, List<Signer> next) {
        State state = state(epoch + 1, next);
        return new Trail.Part(
                CertifiedHeader.FORMAT.encode(header(SETTINGS.last(epoch), state.root(), by)),
                proof(state, epoch + 1),
                new Sealers(epoch + 1, keys(next)));
    }

    private static Bytes proof(State state, long epoch) {
        return org.entente.chain.state.StateProof.FORMAT.encode(
                state.prove(org.entente.chain.state.StateKey.system(Sealers.place(epoch))));
    }

    private static Bytes trail(Trail.Part... parts) {
        return Trail.FORMAT.encode(new Trail(List.of(parts)));
    }

    private static Fault fault(Verdict verdict) {
        return verdict instanceof Verdict.Rejected(Fault fault, var _) ? fault : Fault.INTERNAL;
    }

    private Fault refused(Trail.Part... parts) {
        return fault(finality.begun(NONE).with(trail(parts)).verdict());
    }

    @Test
    void a_header_is_taken_by_a_quorum_of_its_epoch_and_epochs_follow_from_each_other() {
        Evidence begun = finality.begun(NONE);
        assertThat(begun.missing(EPOCH_BLOCKS)).isEmpty();
        assertThat(begun.check(header(3, Digest.ZERO, FIRST.subList(0, 3))))
                .isEqualTo(Verdict.accepted());
        assertThat(fault(begun.check(header(3, Digest.ZERO, FIRST.subList(0, 2)))))
                .isEqualTo(Fault.QUORUM_MISSED);
        assertThat(begun.missing(6)).contains("/v1/industrial/trail?from=0");
        Evidence after = begun.with(trail(end(0, FIRST, EARLY), end(1, EARLY, LATE))).orThrow();
        assertThat(after.missing(15)).isEmpty();
        assertThat(after.missing(16)).contains("/v1/industrial/trail?from=2");
        assertThat(after.check(header(15, Digest.ZERO, LATE))).isEqualTo(Verdict.accepted());
        assertThat(after.check(header(6, Digest.ZERO, EARLY))).isEqualTo(Verdict.accepted());
        assertThat(fault(after.check(header(15, Digest.ZERO, EARLY))))
                .isEqualTo(Fault.NOT_A_SIGNER);
        // The epoch that goes on has no end to show; the next question is the same.
        assertThat(after.with(trail()).orThrow().missing(16)).isEqualTo(after.missing(16));
    }

    @Test
    void the_chains_own_vectors_are_followed_to_the_next_epoch() throws IOException {
        JsonNode objects = JsonMapper.builder().build().readTree(VECTORS.toFile()).path("objects");
        Genesis genesis = Genesis.FORMAT.decode(bytes(objects, "genesis")).orThrow();
        Evidence begun = finality(genesis).orThrow().begun(NONE);
        assertThat(begun.missing(3)).isEmpty();
        assertThat(begun.missing(4)).isPresent();
        assertThat(begun.with(bytes(objects, "trail")).orThrow().missing(4)).isEmpty();
    }

    private static Bytes bytes(JsonNode objects, String name) {
        return Bytes.fromHex(objects.path(name).asString());
    }

    @Test
    void a_header_of_another_chain_and_one_of_another_certificate_are_refused() {
        Evidence begun = finality.begun(NONE);
        CertifiedHeader foreign = header(new ChainId("icb:other"), 3, Digest.ZERO, FIRST);
        assertThat(fault(begun.check(foreign))).isEqualTo(Fault.WRONG_CHAIN);
        CertifiedHeader three = header(3, Digest.ZERO, FIRST);
        CertifiedHeader four = header(4, Digest.ZERO, FIRST);
        assertThat(fault(begun.check(new CertifiedHeader(three.header(), four.certificate()))))
                .isEqualTo(Fault.BAD_PROOF);
        CertifiedHeader forged = header(3, Digest.of(Bytes.utf8("forged")), FIRST);
        assertThat(fault(begun.check(new CertifiedHeader(forged.header(), three.certificate()))))
                .isEqualTo(Fault.BAD_PROOF);
        // Nothing is final before block 1: the question stays as it is.
        assertThat(begun.missing(0)).isPresent();
        assertThat(begun.with(trail()).orThrow().missing(0)).isEqualTo(begun.missing(0));
    }

    @Test
    void an_end_of_an_epoch_that_does_not_hold_shows_nothing() {
        assertThat(refused(end(0, FIRST.subList(0, 2), EARLY))).isEqualTo(Fault.QUORUM_MISSED);
        List<Signer> strangers = MEMBERS.stream().filter(each -> !FIRST.contains(each)).toList();
        assertThat(refused(end(0, strangers, EARLY))).isEqualTo(Fault.OUTDATED);
        assertThat(refused(end(1, FIRST, EARLY))).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(finality.begun(NONE).with(Bytes.utf8("no trail")).verdict()))
                .isEqualTo(Fault.MALFORMED);
        State state = state(1, EARLY);
        // A sound header, but not the last of its epoch.
        Bytes other = CertifiedHeader.FORMAT.encode(header(4, state.root(), FIRST));
        Sealers next = new Sealers(1, keys(EARLY));
        assertThat(refused(new Trail.Part(other, proof(state, 1), next)))
                .isEqualTo(Fault.BAD_PROOF);
    }

    @Test
    void who_seals_next_must_be_what_the_state_has_and_nothing_beside_it() {
        Trail.Part sound = end(0, FIRST, EARLY);
        assertThat(finality.begun(NONE).with(trail(sound)).orThrow().missing(10)).isEmpty();
        Sealers forged = new Sealers(1, keys(LATE));
        assertThat(refused(new Trail.Part(sound.header(), sound.proof(), forged)))
                .isEqualTo(Fault.BAD_PROOF);
        Bytes foreign = proof(state(1, LATE), 1);
        assertThat(refused(new Trail.Part(sound.header(), foreign, forged)))
                .isEqualTo(Fault.BAD_PROOF);
        // That an epoch's sealers are not in the state shows no sealers.
        Bytes absent = proof(state(1, EARLY), 2);
        assertThat(refused(new Trail.Part(sound.header(), absent, sound.next())))
                .isEqualTo(Fault.BAD_PROOF);
        // The list of another epoch, under that epoch's name.
        State later = state(2, LATE);
        Bytes header = CertifiedHeader.FORMAT.encode(header(EPOCH_BLOCKS, later.root(), FIRST));
        assertThat(refused(new Trail.Part(header, proof(later, 2), new Sealers(2, keys(LATE)))))
                .isEqualTo(Fault.BAD_PROOF);
    }

    @Test
    void who_was_banned_seals_to_the_end_of_its_epoch_and_not_in_the_next() {
        List<Signer> left = FIRST.subList(0, 3);
        Signer banned = FIRST.getLast();
        Evidence after = finality.begun(NONE).with(trail(end(0, FIRST, left))).orThrow();
        assertThat(after.check(header(5, Digest.ZERO, List.of(FIRST.get(1), FIRST.get(2), banned))))
                .isEqualTo(Verdict.accepted());
        assertThat(after.check(header(6, Digest.ZERO, left))).isEqualTo(Verdict.accepted());
        assertThat(fault(after.check(header(6, Digest.ZERO, List.of(FIRST.get(1), banned)))))
                .isEqualTo(Fault.NOT_A_SIGNER);
    }

    /// More than f lied. Both blocks of one height hold, so that whoever follows the one finds the
    /// other (docs/adapters.md §5.5); and where others seal since, the whole chain is asked for.
    @Test
    void two_chains_of_one_genesis_are_told_apart() {
        Evidence after = finality.begun(NONE).with(trail(end(0, FIRST, EARLY))).orThrow();
        CertifiedHeader one = header(7, Digest.of(Bytes.utf8("one")), EARLY);
        CertifiedHeader two = header(7, Digest.of(Bytes.utf8("two")), EARLY);
        assertThat(after.check(one)).isEqualTo(Verdict.accepted());
        assertThat(after.check(two)).isEqualTo(Verdict.accepted());
        List<Signer> others = MEMBERS.subList(2, 6);
        Trail.Part replaced = end(0, FIRST, others);
        Trail.Part next = end(1, others, LATE);
        assertThat(fault(after.with(trail(next)).verdict())).isEqualTo(Fault.OUTDATED);
        Evidence again = finality.begun(NONE).with(trail(replaced, next)).orThrow();
        assertThat(again.missing(15)).isEmpty();
        assertThat(again.check(header(7, Digest.ZERO, others))).isEqualTo(Verdict.accepted());
    }

    @Test
    void old_epochs_are_forgotten_but_those_that_are_looked_at() {
        List<Trail.Part> parts = new ArrayList<>();
        parts.add(end(0, FIRST, EARLY));
        for (int epoch = 1; epoch < 6; epoch++) {
            parts.add(end(epoch, EARLY, EARLY));
        }
        Evidence now =
                IndustrialEvidence.finality(GENESIS, Party.CRYPTOGRAPHY.verifier(), 2)
                        .orThrow()
                        .begun(Sorted.copyOf(List.of(8L)))
                        .with(trail(parts.toArray(Trail.Part[]::new)))
                        .orThrow();
        assertThat(now.check(header(26, Digest.ZERO, EARLY))).isEqualTo(Verdict.accepted());
        assertThat(now.check(header(8, Digest.ZERO, EARLY))).isEqualTo(Verdict.accepted());
        assertThat(fault(now.check(header(11, Digest.ZERO, EARLY)))).isEqualTo(Fault.OUTDATED);
    }

    @Test
    void a_genesis_with_more_seats_than_members_or_no_settings_has_no_rule() {
        assertThat(finality(genesis(MEMBERS.subList(0, 3), GENESIS.settings())).verdict())
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(finality(genesis(MEMBERS, Bytes.EMPTY)).verdict())
                .isInstanceOf(Verdict.Rejected.class);
    }

    private static Genesis genesis(List<Signer> creators, Bytes settings) {
        return new Genesis(
                CHAIN,
                new Name("industrial"),
                MEMBERS.getFirst().key(),
                keys(creators).stream().toList(),
                List.of(),
                Instant.ofEpochSecond(1_000),
                settings);
    }
}
