package org.entente.chain.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.chain.fixture.MemoryChain.fault;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.Position;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Settlement;
import org.entente.registry.EpochRecord;
import org.entente.registry.fixture.Contracts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// The inbox contract as a transaction of a chain calls it (protocol.md §6.9).
final class InboxTest {
    private final Story story = Story.begun();
    private final MemoryChain chain = new MemoryChain(story.destination());
    private final Contracts next = story.contracts();

    @BeforeEach
    void found() {
        Receipt founded =
                chain.perform(
                        chain.owner(),
                        new Action.Found(Story.INBOX, story.log().getFirst().content()));
        assertThat(founded.fault()).isZero();
    }

    @Test
    void only_the_owner_founds_once_and_with_record_0() {
        Bytes change = story.log().getFirst().content();
        assertThat(fault(chain.perform(chain.account(), new Action.Found("other", change))))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(owner(new Action.Found(Story.INBOX, change))))
                .isEqualTo(Fault.ALREADY_EXISTS);
        assertThat(fault(owner(new Action.Found("other", Bytes.EMPTY)))).isEqualTo(Fault.MALFORMED);
        story.amend(next.perHour(200));
        assertThat(fault(owner(new Action.Found("other", story.log().getLast().content()))))
                .isEqualTo(Fault.OUTDATED);
        Records records = records();
        assertThat(records.newest().record().id()).isEqualTo(story.id());
        assertThat(records.owner()).contains(chain.owner().key());
    }

    @Test
    void a_sealed_delivery_is_applied_once_with_the_serial_as_version_and_can_be_proved() {
        Exchange one = ordered("one", 1);
        Settlement applied = settled(deliver(one));
        assertThat(applied).isEqualTo(story.settlement(one.serial, Settlement.End.APPLIED, 0));
        StateKey key = StateKey.delivered(Story.INBOX, story.delivered("7").key());
        var item = chain.ledger().state().item(key).orElseThrow();
        assertThat(item.value()).contains(one.draft.values().getFirst());
        assertThat(item.version().bytes().hex()).isEqualTo("%016x".formatted(one.serial));

        StateKey outcome = Records.outcomeKey(Story.INBOX, one.serial);
        StateProof proof = chain.ledger().state().prove(outcome);
        Optional<StateLeaf> leaf =
                proof.verify(outcome, chain.ledger().head().header().stateRoot()).orThrow();
        assertThat(leaf.orElseThrow().value())
                .contains(Digest.of(Settlement.FORMAT.encode(applied)));

        assertThat(settled(deliver(one))).isEqualTo(applied);
        assertThat(chain.ledger().state().item(key).orElseThrow().writes()).isEqualTo(1);
    }

    @Test
    void what_is_not_proved_fails_and_records_nothing() {
        Exchange one = ordered("one", 1);
        Delivery forged = story.delivery(one.serial, one.candidate, List.of(Bytes.utf8("forged")));
        assertThat(fault(bring(forged))).isEqualTo(Fault.UNBOUND);
        Delivery weak =
                Story.delivery(
                        story.sighting(one.serial, story.notary().size(), List.of(story.alpha())),
                        one.candidate,
                        one.draft.values());
        assertThat(fault(bring(weak))).isEqualTo(Fault.WEIGHT_TOO_LOW);
        assertThat(fault(bring(Bytes.utf8("garbage")))).isEqualTo(Fault.MALFORMED);
        assertThat(
                        fault(
                                chain.perform(
                                        chain.account(),
                                        new Action.Bring(
                                                Action.Notice.DELIVERY,
                                                "nowhere",
                                                Delivery.FORMAT.encode(one.delivery())))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(records().outcome(one.serial)).isEmpty();
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
    }

    @Test
    void an_exchange_for_another_inbox_on_the_same_chain_is_not_taken() {
        owner(new Action.Found("other", story.log().getFirst().content()));
        Exchange one = ordered("one", 1);
        assertThat(
                        fault(
                                chain.perform(
                                        chain.account(),
                                        new Action.Bring(
                                                Action.Notice.DELIVERY,
                                                "other",
                                                Delivery.FORMAT.encode(one.delivery())))))
                .isEqualTo(Fault.UNBOUND);
    }

    @Test
    void what_builds_on_something_undelivered_waits_and_then_applies() {
        Exchange one = ordered("one", 1);
        Exchange two = ordered("two", 1);
        assertThat(fault(deliver(two))).isEqualTo(Fault.NOT_YET);
        assertThat(records().outcome(two.serial)).isEmpty();
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(settled(deliver(two)).end()).isEqualTo(Settlement.End.APPLIED);
    }

    @Test
    void what_builds_on_a_cancelled_exchange_is_refused_as_such() {
        Exchange one = ordered("one", 1);
        Exchange two = ordered("two", 1);
        assertThat(settled(cancel(one.serial)).end()).isEqualTo(Settlement.End.CANCELLED);
        assertThat(settled(deliver(two))).isEqualTo(refused(two.serial, Fault.BASE_REFUSED));
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.CANCELLED);
    }

    @Test
    void a_second_attempt_at_an_applied_exchange_is_refused() {
        Exchange one = ordered("one", 1);
        story.settle(one.serial, Settlement.End.REFUSED, Fault.STALE_READ.number());
        Exchange again = ordered("one", 2);
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(settled(deliver(again)))
                .isEqualTo(refused(again.serial, Fault.EXCHANGE_APPLIED));
    }

    @Test
    void what_was_overtaken_here_is_stale() {
        Exchange one = ordered("one", 1);
        story.settle(one.serial, Settlement.End.REFUSED, Fault.STALE_READ.number());
        Exchange two = ordered("two", 1);
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(settled(deliver(two))).isEqualTo(refused(two.serial, Fault.STALE_READ));
    }

    @Test
    void a_closed_range_takes_nothing_until_its_owner_opens_it() {
        Bytes range = Bytes.utf8("orders/");
        assertThat(fault(chain.perform(chain.account(), new Action.Close(Story.INBOX, range))))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(owner(new Action.Open(Story.INBOX, range)))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(owner(new Action.Close("nowhere", range)))).isEqualTo(Fault.NOT_FOUND);
        assertThat(owner(new Action.Close(Story.INBOX, range)).fault()).isZero();
        assertThat(fault(owner(new Action.Close(Story.INBOX, range))))
                .isEqualTo(Fault.ALREADY_EXISTS);
        Exchange one = ordered("one", 1);
        assertThat(settled(deliver(one))).isEqualTo(refused(one.serial, Fault.RANGE_CLOSED));
        story.settle(one.serial, Settlement.End.REFUSED, Fault.RANGE_CLOSED.number());
        assertThat(fault(chain.perform(chain.account(), new Action.Open(Story.INBOX, range))))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(owner(new Action.Open(Story.INBOX, range)).fault()).isZero();
        assertThat(settled(deliver(ordered("one", 2))).end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(settled(deliver(one))).isEqualTo(refused(one.serial, Fault.RANGE_CLOSED));
    }

    @Test
    void a_cancellation_needs_its_own_sealed_entry_and_comes_too_late_once_applied() {
        Exchange one = ordered("one", 1);
        CancelNotice borrowed =
                new CancelNotice(
                        story.sighting(one.serial), new Cancellation(story.id(), one.serial));
        assertThat(fault(bringCancel(borrowed))).isEqualTo(Fault.UNBOUND);
        EntryRecord entry = story.cancellation(one.serial, story.wish(story.alpha(), one.serial));
        story.append(entry);
        CancelNotice other =
                new CancelNotice(
                        story.sighting(entry.entry().serial()),
                        new Cancellation(story.id(), one.serial - 1));
        assertThat(fault(bringCancel(other))).isEqualTo(Fault.UNBOUND);
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
        CancelNotice late =
                new CancelNotice(
                        story.sighting(entry.entry().serial()),
                        new Cancellation(story.id(), one.serial));
        assertThat(settled(bringCancel(late)).end()).isEqualTo(Settlement.End.APPLIED);
    }

    @Test
    void an_epoch_is_unknown_until_its_record_is_brought_in_order() {
        Exchange early = ordered("early", 1);
        EntryRecord first = story.amend(next.perHour(200));
        Exchange one = ordered("one", 1);
        EntryRecord second = story.amend(next.perHour(300));
        assertThat(fault(deliver(one))).isEqualTo(Fault.EPOCH_UNKNOWN);
        EpochNotice skipping = story.notice(second.entry().serial());
        assertThat(fault(epoch(skipping))).isEqualTo(Fault.EPOCH_UNKNOWN);
        assertThat(epoch(story.notice(first.entry().serial())).fault()).isZero();
        assertThat(epoch(story.notice(first.entry().serial())).fault()).isZero();
        assertThat(epoch(skipping).fault()).isZero();
        Records.Epoch newest = records().newest();
        assertThat(newest.record().epoch()).isEqualTo(2);
        assertThat(newest.from()).isEqualTo(second.entry().serial() + 1);
        assertThat(records().epochAt(early.serial).record().epoch()).isZero();
        assertThat(settled(deliver(early)).end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(settled(deliver(one)).end()).isEqualTo(Settlement.End.APPLIED);
    }

    @Test
    void a_record_without_the_seal_of_the_epoch_before_is_refused() {
        ordered("early", 1);
        long serial = story.amend(next.perHour(200)).entry().serial();
        Bytes change = story.log().get(Math.toIntExact(serial)).content();
        EpochNotice weak =
                new EpochNotice(story.sighting(serial, serial + 1, List.of(story.alpha())), change);
        assertThat(fault(epoch(weak))).isEqualTo(Fault.WEIGHT_TOO_LOW);
        EpochNotice other =
                new EpochNotice(story.sighting(serial - 1, serial, story.members()), change);
        assertThat(fault(epoch(other))).isEqualTo(Fault.UNBOUND);
        ordered("late", 1);
        EpochNotice larger = new EpochNotice(story.sighting(serial), change);
        assertThat(fault(epoch(larger))).isEqualTo(Fault.UNBOUND);
        assertThat(fault(epoch(new EpochNotice(story.sighting(serial), Bytes.EMPTY))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(records().newest().record().epoch()).isZero();
    }

    @Test
    void a_key_that_any_known_record_struck_counts_zero_for_earlier_serials_too() {
        Exchange one = ordered("one", 1);
        Bytes two =
                Delivery.FORMAT.encode(
                        Story.delivery(
                                story.sighting(
                                        one.serial,
                                        story.notary().size(),
                                        List.of(story.alpha(), story.beta())),
                                one.candidate,
                                one.draft.values()));
        EpochRecord after = next.after(story.record());
        assertThat(delivered(two, after).verdict().isAccepted()).isTrue();
        EpochRecord striking =
                new EpochRecord(
                        after.alliance(),
                        after.epoch(),
                        after.previous(),
                        after.protocolVersions(),
                        after.relay(),
                        after.agents(),
                        after.authorities(),
                        after.chains(),
                        after.contracts(),
                        after.nodeContracts(),
                        after.recovery(),
                        List.of(story.alpha().agentKey().key()));
        assertThat(delivered(two, striking).verdict().toString()).startsWith("WEIGHT_TOO_LOW");
    }

    /// Brings a delivery to the contract as it would be with one more record.
    private Parsed<Settlement> delivered(Bytes notice, EpochRecord record) {
        var draft = new org.entente.chain.state.Draft(chain.ledger().state());
        Position position = new Position(99, 0);
        new Records(draft, Story.INBOX).add(draft, story.notary().size(), record, position);
        return Inbox.at(
                        Story.INBOX,
                        story.destination(),
                        draft,
                        position,
                        MemoryChain.VERIFIER,
                        Sharing.NONE)
                .deliver(notice);
    }

    private record Exchange(long serial, Draft draft, Candidate candidate, Story story) {
        Delivery delivery() {
            return story.delivery(serial, candidate, draft.values());
        }
    }

    private Exchange ordered(String exchange, int attempt) {
        Draft draft = story.draft(exchange, attempt);
        Candidate candidate = draft.candidate();
        var entry = story.order(candidate);
        assertThat(entry.fault()).isZero();
        return new Exchange(entry.serial(), draft, candidate, story);
    }

    private Receipt deliver(Exchange exchange) {
        return bring(exchange.delivery());
    }

    private Receipt bring(Delivery delivery) {
        return bring(Delivery.FORMAT.encode(delivery));
    }

    private Receipt bring(Bytes notice) {
        return bring(Action.Notice.DELIVERY, notice);
    }

    private Receipt cancel(long serial) {
        EntryRecord entry = story.cancellation(serial, story.wish(story.alpha(), serial));
        story.append(entry);
        return bringCancel(
                new CancelNotice(
                        story.sighting(entry.entry().serial()),
                        new Cancellation(story.id(), serial)));
    }

    private Receipt bringCancel(CancelNotice notice) {
        return bring(Action.Notice.CANCEL, CancelNotice.FORMAT.encode(notice));
    }

    private Receipt epoch(EpochNotice notice) {
        return bring(Action.Notice.EPOCH, EpochNotice.FORMAT.encode(notice));
    }

    private Receipt bring(Action.Notice kind, Bytes notice) {
        return chain.perform(chain.account(), new Action.Bring(kind, Story.INBOX, notice));
    }

    private Receipt owner(Action action) {
        return chain.perform(chain.owner(), action);
    }

    private Records records() {
        return new Records(chain.ledger().state(), Story.INBOX);
    }

    private Settlement refused(long serial, Fault fault) {
        return story.settlement(serial, Settlement.End.REFUSED, fault.number());
    }

    private static Settlement settled(Receipt receipt) {
        assertThat(receipt.fault())
                .as(() -> Fault.numbered(receipt.fault()).map(Fault::name).orElse("done"))
                .isZero();
        return Settlement.FORMAT.decode(receipt.result()).orThrow();
    }
}
