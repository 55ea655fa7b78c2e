package org.entente.chain.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.chain.fixture.MemoryChain.fault;
import static org.entente.chain.fixture.MemoryChain.text;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Header;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.Transaction;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.Item;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Version;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which transactions get into a block, what they do, and which blocks follow.
final class LedgerTest {
    private static final ChainId CHAIN = new ChainId("solo:orders");
    private static final Bytes KEY = text("orders/7");
    private final MemoryChain chain = new MemoryChain(CHAIN);

    @Test
    void a_write_has_the_version_of_its_place_and_counts_up_over_a_deletion() {
        Receipt put = perform(put("first", Optional.empty()));
        assertThat(put.status()).isEqualTo(Receipt.Status.DONE);
        assertThat(put.result().hex()).isEqualTo("000000000000000100000000");
        assertThat(item().version().bytes()).isEqualTo(put.result());
        assertThat(item().writes()).isEqualTo(1);

        Receipt deleted = perform(new Action.Delete(KEY, Optional.empty()));
        assertThat(item().value()).isEmpty();
        assertThat(item().version().bytes()).isEqualTo(deleted.result());
        perform(put("again", Optional.empty()));
        assertThat(item().writes()).isEqualTo(3);
        assertThat(item().version().bytes().hex()).isEqualTo("000000000000000300000000");
    }

    @Test
    void a_write_that_expects_another_version_fails_and_changes_only_the_nonce() {
        Bytes version = perform(put("first", Optional.of(new Version.Absent()))).result();
        Optional<Version> right = Optional.of(new Version.Present(version));
        assertThat(fault(perform(put("x", Optional.of(new Version.Absent())))))
                .isEqualTo(Fault.STALE_READ);
        assertThat(perform(put("second", right)).status()).isEqualTo(Receipt.Status.DONE);
        Digest before = root();
        assertThat(fault(perform(put("third", right)))).isEqualTo(Fault.STALE_READ);
        assertThat(fault(perform(new Action.Delete(KEY, right)))).isEqualTo(Fault.STALE_READ);
        assertThat(fault(perform(new Action.Delete(text("none"), Optional.empty()))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(item().value()).contains(text("second"));
        assertThat(nonce(chain.account())).isEqualTo(6);
        assertThat(root()).isNotEqualTo(before);
    }

    @Test
    void what_is_malformed_is_left_out_of_the_block() {
        Signer stranger = MemoryChain.freshSigner();
        Action put = put("value", Optional.empty());
        SignedTransaction sound = chain.signed(chain.account(), put);
        SignedTransaction foreign =
                SignedTransaction.by(
                        chain.account(),
                        new Transaction(new ChainId("solo:other"), chain.account().key(), 0, put));
        SignedTransaction unsigned =
                new SignedTransaction(sound.transaction(), chain.signed(stranger, put).signature());
        SignedTransaction ahead = nonce(1, put);
        Ledger.Made made =
                chain.add(foreign, chain.signed(stranger, put), unsigned, ahead, sound, sound);
        assertThat(made.transactions()).containsExactly(sound);
        assertThat(made.results())
                .extracting(LedgerTest::leftOut)
                .containsExactly(
                        Optional.of(Fault.WRONG_CHAIN),
                        Optional.of(Fault.UNKNOWN_ACCOUNT),
                        Optional.of(Fault.BAD_SIGNATURE),
                        Optional.of(Fault.NONCE_AHEAD),
                        Optional.empty(),
                        Optional.of(Fault.NONCE_USED));
    }

    @Test
    void the_owner_alone_admits_and_expels_and_a_nonce_outlives_both() {
        Signer other = MemoryChain.freshSigner();
        assertThat(fault(perform(new Action.Admit(other.key())))).isEqualTo(Fault.NOT_YOURS);
        assertThat(owner(new Action.Admit(other.key())).fault()).isZero();
        assertThat(fault(owner(new Action.Admit(other.key())))).isEqualTo(Fault.ALREADY_EXISTS);
        SignedTransaction first = chain.signed(other, put("x", Optional.empty()));
        chain.add(first);
        assertThat(fault(perform(new Action.Expel(other.key())))).isEqualTo(Fault.NOT_YOURS);
        assertThat(owner(new Action.Expel(other.key())).fault()).isZero();
        assertThat(fault(owner(new Action.Expel(other.key())))).isEqualTo(Fault.UNKNOWN_ACCOUNT);
        assertThat(fault(owner(new Action.Expel(chain.owner().key()))))
                .isEqualTo(Fault.INVALID_VALUE);
        SignedTransaction next = chain.signed(other, put("y", Optional.empty()));
        assertThat(chain.make(next).transactions()).isEmpty();
        owner(new Action.Admit(other.key()));
        assertThat(chain.make(first).transactions()).isEmpty();
        assertThat(chain.make(next).transactions()).containsExactly(next);
    }

    @Test
    void a_copy_of_the_chain_takes_each_block_and_reaches_the_same_state() {
        for (int number = 0; number < 5; number++) {
            perform(put("value " + number, Optional.empty()));
        }
        Ledger copy = begun();
        for (Block block : chain.blocks()) {
            assertThat(Solo.check(block.certified(), chain.genesis(), MemoryChain.VERIFIER))
                    .isEqualTo(org.entente.protocol.Verdict.accepted());
            Block travelled = Block.FORMAT.decode(Block.FORMAT.encode(block)).orThrow();
            copy = copy.apply(travelled, MemoryChain.VERIFIER).orThrow();
        }
        assertThat(copy.state().root()).isEqualTo(root());
    }

    @Test
    void a_block_that_says_anything_else_than_its_transactions_make_is_refused() {
        perform(put("value", Optional.empty()));
        Block sound = chain.blocks().getFirst();
        Header it = sound.header();
        List<Block> lies = new ArrayList<>();
        lies.add(with(sound, header(it, 2, it.previous(), it.stateRoot())));
        lies.add(with(sound, header(it, 1, Digest.ZERO, it.stateRoot())));
        lies.add(with(sound, header(it, 1, it.previous(), Digest.ZERO)));
        Receipt receipt = sound.receipts().getFirst();
        lies.add(
                new Block(
                        sound.certified(),
                        sound.transactions(),
                        List.of(
                                new Receipt(
                                        receipt.transaction(),
                                        Receipt.Status.FAILED,
                                        Fault.STALE_READ.number(),
                                        Bytes.EMPTY))));
        lies.add(new Block(sound.certified(), List.of(), List.of()));
        lies.add(
                new Block(
                        sound.certified(),
                        List.of(nonce(5, put("value", Optional.empty()))),
                        sound.receipts()));
        for (Block lie : lies) {
            assertThat(begun().apply(lie, MemoryChain.VERIFIER)).isInstanceOf(Parsed.Refused.class);
        }
        MemoryChain other = new MemoryChain(new ChainId("solo:other"));
        assertThat(other.ledger().apply(sound, MemoryChain.VERIFIER).verdict().toString())
                .startsWith("WRONG_CHAIN");
    }

    @Test
    void a_header_counts_only_with_the_creators_signature() {
        CertifiedHeader sound = chain.ledger().head();
        assertThat(check(new CertifiedHeader(sound.header(), Bytes.EMPTY)))
                .startsWith("BAD_SIGNATURE");
        assertThat(check(Solo.certify(sound.header(), chain.owner()))).startsWith("BAD_SIGNATURE");
        MemoryChain twin = new MemoryChain(CHAIN);
        assertThat(check(twin.ledger().head())).startsWith("NOT_A_SIGNER");
        MemoryChain other = new MemoryChain(new ChainId("solo:other"));
        assertThat(check(other.ledger().head())).startsWith("WRONG_CHAIN");
    }

    private String check(CertifiedHeader header) {
        return Solo.check(header, chain.genesis(), MemoryChain.VERIFIER).toString();
    }

    private Ledger begun() {
        return Ledger.begun(
                chain.genesis(),
                Governance.NONE,
                Solo.certify(Ledger.first(chain.genesis(), Governance.NONE), chain.creator()));
    }

    private Block with(Block block, Header header) {
        return new Block(
                Solo.certify(header, chain.creator()), block.transactions(), block.receipts());
    }

    private static Header header(Header it, long height, Digest previous, Digest stateRoot) {
        return new Header(
                it.chain(),
                height,
                previous,
                it.time(),
                it.transactionCount(),
                it.transactionsRoot(),
                it.receiptsRoot(),
                stateRoot,
                it.creator());
    }

    private SignedTransaction nonce(long nonce, Action action) {
        return SignedTransaction.by(
                chain.account(), new Transaction(CHAIN, chain.account().key(), nonce, action));
    }

    private Receipt perform(Action action) {
        return chain.perform(chain.account(), action);
    }

    private Receipt owner(Action action) {
        return chain.perform(chain.owner(), action);
    }

    private static Action.Put put(String value, Optional<Version> expected) {
        return new Action.Put(KEY, expected, text(value));
    }

    private Item item() {
        return chain.ledger().state().item(StateKey.own(KEY)).orElseThrow();
    }

    private Digest root() {
        return chain.ledger().state().root();
    }

    private long nonce(Signer of) {
        return Account.find(chain.ledger().state(), of.key()).orElseThrow().nonce();
    }

    private static Optional<Fault> leftOut(Ledger.Result result) {
        return switch (result) {
            case Ledger.Result.Included _ -> Optional.empty();
            case Ledger.Result.LeftOut(var why) -> Optional.of(why.fault());
        };
    }
}
