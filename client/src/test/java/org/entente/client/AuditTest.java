package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.fixture.Tale;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Receipt;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// An audit finds what was done to a log and names the first serial.
class AuditTest {
    private static final long FIRST = 2;

    private final Story story = told("one", "two", "three");

    private static Story told(String... exchanges) {
        Story story = Story.begun();
        int order = 1;
        for (String each : exchanges) {
            String number = String.valueOf(order++);
            long serial = story.order(story.draft(each, 1, number).candidate()).serial();
            story.later(Duration.ofSeconds(1));
            story.settle(serial, Settlement.End.APPLIED, 0);
        }
        story.order(story.draft("bad", 1, "9").endorsedBy(List.of(story.alpha())).candidate());
        return story;
    }

    private static Audit.Done audit(Story story, List<Frame> frames, Audit.Evidence evidence)
            throws Failure {
        return Audit.run(
                story.id(),
                Story.VERIFIER,
                from ->
                        from < frames.size()
                                ? frames.subList(
                                        Math.toIntExact(from),
                                        Math.min(Math.toIntExact(from) + 2, frames.size()))
                                : List.of(),
                evidence,
                (_, _) -> {});
    }

    private Audit.Evidence sealed() {
        return Audit.Evidence.NONE.and(story.sealed(story.notary().size(), story.members()));
    }

    private List<Frame> changed(Consumer<List<Frame>> change) {
        List<Frame> frames = new ArrayList<>(Tale.frames(story));
        change.accept(frames);
        return frames;
    }

    private static Audit.Evidence with(Audit.Evidence evidence, Bytes kept) {
        return new Audit.Evidence(
                evidence.seals(),
                evidence.receipts(),
                Optional.of(kept),
                evidence.promises(),
                evidence.pairs());
    }

    private static void found(AuditReport report, AuditReport.What what, long serial) {
        assertThat(report.findings()).isNotEmpty();
        assertThat(report.findings().getFirst().what()).isEqualTo(what);
        assertThat(report.findings().getFirst().serial()).contains(serial);
        assertThat(report.holds()).isFalse();
    }

    @Test
    void an_honest_log_holds_and_every_verdict_is_counted() throws Exception {
        AuditReport report = audit(story, Tale.frames(story), sealed()).report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.sealed()).isEqualTo(report.size()).isEqualTo(8);
        assertThat(report.counts())
                .containsEntry("CHANGE", 1L)
                .containsEntry("EXCHANGE VALID", 3L)
                .containsEntry("EXCHANGE INVALID WEIGHT_TOO_LOW", 1L)
                .containsEntry("SETTLED APPLIED", 3L);
        assertThat(report.to().orElseThrow()).isAfter(report.from().orElseThrow());
    }

    @Test
    void a_removed_entry_is_named() throws Exception {
        List<Frame> frames = changed(all -> all.remove((int) FIRST));
        found(audit(story, frames, sealed()).report(), AuditReport.What.REMOVED, FIRST);
    }

    @Test
    void a_cut_end_is_named() throws Exception {
        List<Frame> frames = changed(all -> all.removeLast());
        found(audit(story, frames, sealed()).report(), AuditReport.What.REMOVED, 7);
    }

    @Test
    void swapped_entries_are_named() throws Exception {
        List<Frame> frames = changed(all -> all.add((int) FIRST, all.remove((int) FIRST + 1)));
        found(audit(story, frames, sealed()).report(), AuditReport.What.SWAPPED, FIRST);
    }

    @Test
    void an_edited_outcome_is_named() throws Exception {
        EntryRecord last = story.log().getLast();
        Entry entry = last.entry();
        Entry valid =
                new Entry(
                        entry.serial(),
                        entry.kind(),
                        entry.submission(),
                        entry.evidence(),
                        org.entente.protocol.log.Outcome.VALID,
                        0,
                        entry.time());
        List<Frame> frames =
                changed(all -> {
                    all.removeLast();
                    all.add(Tale.frame(new EntryRecord(valid, last.content(), last.evidence())));
                });
        found(audit(story, frames, sealed()).report(), AuditReport.What.EDITED, entry.serial());
    }

    @Test
    void every_flipped_byte_of_an_entry_is_found() throws Exception {
        Frame honest = Tale.frames(story).get(1);
        byte[] bytes = honest.entry().toArray();
        Audit.Evidence evidence = with(sealed(), audit(story, changed(_ -> {}), sealed()).kept());
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] ^= 1;
            Frame edited = new Frame(Bytes.copyOf(bytes), honest.change(), honest.approvals());
            List<Frame> frames = changed(all -> all.set(1, edited));
            AuditReport report = audit(story, frames, evidence).report();
            assertThat(report.holds()).as("byte " + index).isFalse();
            assertThat(report.findings().getFirst().serial()).as("byte " + index).contains(1L);
            bytes[index] ^= 1;
        }
    }

    @Test
    void a_fork_that_keeps_every_rule_is_found_by_the_seals_and_named_by_a_receipt()
            throws Exception {
        EntryRecord cut = story.log().getLast();
        Audit.Evidence sealed = sealed();
        Receipt receipt = Tale.receipt(story, cut.entry().serial(), Optional.empty());
        List<Frame> forked =
                changed(all -> {
                    all.removeLast();
                    Entry later =
                            new Entry(
                                    cut.entry().serial(),
                                    cut.entry().kind(),
                                    cut.entry().submission(),
                                    cut.entry().evidence(),
                                    cut.entry().outcome(),
                                    cut.entry().fault(),
                                    cut.entry().time().plusMillis(1));
                    all.add(Tale.frame(new EntryRecord(later, cut.content(), cut.evidence())));
                });
        AuditReport blind = audit(story, forked, sealed).report();
        assertThat(blind.findings().getFirst().what()).isEqualTo(AuditReport.What.FORKED);
        assertThat(blind.findings().getFirst().serial()).isEmpty();

        Audit.Evidence shown =
                new Audit.Evidence(
                        sealed.seals(), List.of(receipt), Optional.empty(), List.of(), List.of());
        found(audit(story, forked, shown).report(), AuditReport.What.FORKED, 7);

        Bytes kept = audit(story, Tale.frames(story), sealed).kept();
        found(audit(story, forked, with(sealed, kept)).report(), AuditReport.What.EDITED, 7);
    }

    @Test
    void an_earlier_audit_lets_a_log_grow() throws Exception {
        List<Frame> all = Tale.frames(story);
        Bytes kept = audit(story, all.subList(0, 4), Audit.Evidence.NONE).kept();
        assertThat(audit(story, all, with(sealed(), kept)).report().holds()).isTrue();
    }

    @Test
    void an_earlier_audit_names_what_is_gone() throws Exception {
        List<Frame> all = Tale.frames(story);
        Bytes kept = audit(story, all, Audit.Evidence.NONE).kept();
        AuditReport report =
                audit(story, all.subList(0, 5), with(Audit.Evidence.NONE, kept)).report();
        found(report, AuditReport.What.REMOVED, 5);
    }

    @Test
    void who_sealed_two_logs_of_one_size_is_convicted() throws Exception {
        long size = story.notary().size();
        Seal honest = story.sealed(size, story.members()).seal();
        Seal other =
                new Seal(
                        honest.alliance(),
                        honest.epoch(),
                        size,
                        Digest.of(Bytes.EMPTY),
                        honest.time());
        SealPair pair =
                new SealPair(
                        story.sealed(honest, List.of(story.alpha(), story.beta())),
                        story.sealed(other, List.of(story.beta(), story.gamma())));
        Audit.Evidence evidence =
                new Audit.Evidence(
                        sealed().seals(), List.of(), Optional.empty(), List.of(), List.of(pair));
        AuditReport report = audit(story, Tale.frames(story), evidence).report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.convictions()).hasSize(1);
        assertThat(report.convictions().getFirst().nodes()).containsExactly(story.beta().agent());
    }

    @Test
    void a_broken_promise_convicts_the_relay_and_a_kept_one_does_not() throws Exception {
        // The fixture's record lists alpha's agent's key as the relay's.
        Member relay = story.alpha();
        Digest lost = Digest.of(Bytes.utf8("lost"));
        assertThat(report(promise(relay, lost)).convictions()).hasSize(1);
        Digest kept = story.log().get(1).entry().submission();
        assertThat(report(promise(relay, kept)).holds()).isTrue();
    }

    private AuditReport report(SignedPromise promise) throws Failure {
        Audit.Evidence evidence =
                new Audit.Evidence(
                        sealed().seals(), List.of(), Optional.empty(), List.of(promise), List.of());
        return audit(story, Tale.frames(story), evidence).report();
    }

    private SignedPromise promise(Member relay, Digest submission) {
        Promise promise =
                new Promise(
                        story.id(),
                        submission,
                        Member.NOW.minusSeconds(10),
                        Member.NOW.minusSeconds(5));
        String answer =
                "{\"submission\":\"%s\",\"promise\":{\"object\":\"%s\",\"signature\":\"%s\"}}"
                        .formatted(
                                submission,
                                Promise.FORMAT.encode(promise).hex(),
                                relay.agentKey()
                                        .sign(Promise.FORMAT.digest(promise))
                                        .bytes()
                                        .hex());
        return SignedPromise.read(Bytes.utf8(answer)).orThrow();
    }
}
