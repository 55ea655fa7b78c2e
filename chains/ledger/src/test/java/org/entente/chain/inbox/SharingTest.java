package org.entente.chain.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.chain.fixture.MemoryChain.text;

import org.entente.chain.Action;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contracts;
import org.entente.chain.contract.Received;
import org.entente.chain.contract.Receiver;
import org.entente.chain.contract.Store;
import org.entente.chain.execution.Governance;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.StateKey;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.log.Settlement;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An inbox named after a contract: what is delivered is the contract's as well (docs/ledger.md
/// §4.6).
final class SharingTest {
    private static final Bytes LAST = text("last");

    private final Story story = Story.begun();

    /// What a contract does with what is delivered.
    private enum Conduct {
        KEEPS,
        WRITES_AND_REFUSES,
        WRITES_TOO_MUCH
    }

    private record Shelf(Name name, Conduct conduct, List<Received> received) implements Receiver {
        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            return call.unknownMethod();
        }

        @Override
        public Verdict receive(Received what, Instant time, Store store) {
            received.add(what);
            what.values().values().forEach(value -> store.put(LAST, value));
            return switch (conduct) {
                case KEEPS -> Verdict.accepted();
                case WRITES_AND_REFUSES -> Verdict.rejected(Fault.TOO_LARGE, "as it was asked");
                case WRITES_TOO_MUCH -> {
                    store.put(LAST, Bytes.copyOf(new byte[Store.WRITES_SIZE_BYTES_MAX]));
                    yield Verdict.accepted();
                }
            };
        }
    }

    private MemoryChain chain(Shelf shelf) {
        MemoryChain chain =
                new MemoryChain(
                        story.destination(), _ -> Governance.with(Contracts.of(List.of(shelf))));
        chain.perform(
                chain.owner(), new Action.Found(Story.INBOX, story.log().getFirst().content()));
        return chain;
    }

    private static Shelf shelf(String name, Conduct conduct) {
        return new Shelf(new Name(name), conduct, new ArrayList<>());
    }

    /// Brings the delivery of an exchange, and the same once more.
    private Settlement delivered(MemoryChain chain, Draft draft) {
        Candidate candidate = draft.candidate();
        long serial = story.order(candidate).serial();
        Delivery delivery = story.delivery(serial, candidate, draft.values());
        Action bring =
                new Action.Bring(
                        Action.Notice.DELIVERY, Story.INBOX, Delivery.FORMAT.encode(delivery));
        Bytes first = chain.perform(chain.account(), bring).result();
        assertThat(chain.perform(chain.account(), bring).result()).isEqualTo(first);
        return Settlement.FORMAT.decode(first).orThrow();
    }

    private Optional<Bytes> kept(MemoryChain chain, Shelf shelf) {
        return chain.ledger().state().value(StateKey.store(shelf.name, LAST));
    }

    private Optional<Bytes> inInbox(MemoryChain chain) {
        return chain.ledger()
                .state()
                .value(StateKey.delivered(Story.INBOX, story.delivered("7").key()));
    }

    @Test
    void what_is_applied_at_an_inbox_of_its_name_a_contract_has_once() {
        Shelf shelf = shelf(Story.INBOX, Conduct.KEEPS);
        MemoryChain chain = chain(shelf);
        Draft draft = story.draft("one", 1);
        Settlement settlement = delivered(chain, draft);
        assertThat(settlement.end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(kept(chain, shelf)).contains(draft.values().getFirst());
        assertThat(inInbox(chain)).contains(draft.values().getFirst());
        assertThat(shelf.received).hasSize(1);
        Received received = shelf.received.getFirst();
        assertThat(received.inbox()).isEqualTo(Story.INBOX);
        assertThat(received.owner()).isEqualTo(chain.owner().key());
        assertThat(received.alliance()).isEqualTo(story.id());
        assertThat(received.serial()).isEqualTo(settlement.serial());
        assertThat(received.values().firstKey()).isEqualTo(story.delivered("7").key());
    }

    @Test
    void what_the_contract_refuses_the_inbox_refuses_and_neither_has_anything_of_it() {
        Shelf shelf = shelf(Story.INBOX, Conduct.WRITES_AND_REFUSES);
        MemoryChain chain = chain(shelf);
        Settlement settlement = delivered(chain, story.draft("one", 1));
        assertThat(settlement)
                .isEqualTo(
                        story.settlement(
                                settlement.serial(),
                                Settlement.End.REFUSED,
                                Fault.TOO_LARGE.number()));
        assertThat(kept(chain, shelf)).isEmpty();
        assertThat(inInbox(chain)).isEmpty();
    }

    @Test
    void a_contract_that_writes_more_than_a_call_may_has_refused_it() {
        Shelf shelf = shelf(Story.INBOX, Conduct.WRITES_TOO_MUCH);
        MemoryChain chain = chain(shelf);
        Settlement settlement = delivered(chain, story.draft("one", 1));
        assertThat(settlement.end()).isEqualTo(Settlement.End.REFUSED);
        assertThat(settlement.fault()).isEqualTo(Fault.TOO_LARGE.number());
        assertThat(kept(chain, shelf)).isEmpty();
    }

    @Test
    void a_contract_of_another_name_hears_nothing() {
        Shelf shelf = shelf("shelf", Conduct.WRITES_AND_REFUSES);
        MemoryChain chain = chain(shelf);
        Settlement settlement = delivered(chain, story.draft("one", 1));
        assertThat(settlement.end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(shelf.received).isEmpty();
    }
}
