package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.SignedTransaction;
import org.entente.light.fixture.Party;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Creation;
import org.entente.light.por.Settings;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What is no block is refused, each kind by its own fault (docs/chains/por.md §3.2).
final class BlockJudgeTest {
    private final Home home = new Home(4);
    private final Placed tip = home.add(home.first, 0);
    private final SignedTransaction one = Home.action(tip, Home.CLIENT, Home.put("a"));
    private final SignedTransaction two = Home.action(tip, Home.CLIENT, 1, Home.put("b"));
    private final PorBlock sound = home.block(tip, 1, one, two);

    private Fault fault(PorBlock block) {
        return Home.fault(home.judge.judge(block, tip));
    }

    @Test
    void a_block_reads_back_as_it_was_written_and_is_the_next_one() {
        assertThat(PorBlock.of(sound.bytes())).isEqualTo(Parsed.of(sound));
        assertThat(sound.bytes().slice(4, 80)).isEqualTo(sound.header().bytes());
        assertThat(sound.bytes().asBuffer().getInt()).isEqualTo(sound.bytes().size());
        assertThat(sound.bytes().asBuffer().getInt(80)).isEqualTo(3);
        assertThat(home.judge.judge(sound, tip).orThrow().height()).isEqualTo(2);
    }

    /// Whatever a third party changes, the creator did not sign it.
    @Test
    void a_block_with_any_bit_changed_is_refused() {
        Random random = new Random(5);
        byte[] bytes = sound.bytes().toArray();
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            if (PorBlock.of(Bytes.copyOf(bytes))
                    instanceof Parsed.Value<PorBlock>(PorBlock block)) {
                assertThat(home.judge.judge(block, tip))
                        .as("byte " + at)
                        .isInstanceOf(Parsed.Refused.class);
            }
            bytes = sound.bytes().toArray();
        }
    }

    @Test
    void a_length_that_lies_is_refused_before_anything_is_read() {
        Bytes bytes = sound.bytes();
        assertThat(Home.fault(PorBlock.of(bytes.slice(0, bytes.size() - 1))))
                .isEqualTo(Fault.MALFORMED);
        byte[] lies = bytes.toArray();
        lies[84] = 0x7f;
        assertThat(Home.fault(PorBlock.of(Bytes.copyOf(lies)))).isEqualTo(Fault.MALFORMED);
        assertThat(
                        Home.fault(
                                PorBlock.of(
                                        Bytes.copyOf(new byte[Settings.BLOCK_SIZE_BYTES_MAX + 1]))))
                .isEqualTo(Fault.TOO_LARGE);
        assertThat(Home.fault(PorBlock.of(Bytes.EMPTY))).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void transactions_replaced_left_out_doubled_or_in_another_order_are_not_under_the_root() {
        SignedTransaction other = Home.action(tip, Home.CLIENT, 1, Home.put("c"));
        for (List<SignedTransaction> body :
                List.of(List.of(two, one), List.of(one, one), List.of(one, other))) {
            assertThat(fault(with(body))).isEqualTo(Fault.BAD_PROOF);
        }
        assertThat(fault(with(List.of(one)))).isEqualTo(Fault.INVALID_VALUE);
    }

    private PorBlock with(List<SignedTransaction> body) {
        return new PorBlock(sound.header(), sound.creation(), body, sound.signature());
    }

    @Test
    void only_members_make_blocks_each_with_its_own_key() {
        assertThat(fault(home.block(tip, 5))).isEqualTo(Fault.NOT_A_SIGNER);
        assertThat(fault(home.block(tip, 1, Party.node(2), tip.link().time())))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void a_block_is_not_before_the_one_it_stands_upon() {
        long time = tip.link().time();
        assertThat(fault(home.block(tip, 1, Party.node(1), time))).isEqualTo(Fault.INTERNAL);
        PorBlock before = home.block(tip, 1, Party.node(1), time);
        BlockHeader header = new BlockHeader(1, before.header().root(), tip.hash(), time - 1, 0);
        assertThat(fault(Home.signed(header, before.creation(), List.of(), Party.node(1))))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void a_block_says_its_height_its_rules_and_its_state_as_they_are() {
        Creation creation = home.block(tip, 1).creation();
        List<Creation> lies = new ArrayList<>();
        Digest none = Digest.ZERO;
        lies.add(new Creation(creation.creator(), 3, 1, 0, creation.rules(), creation.ledger()));
        lies.add(new Creation(creation.creator(), 2, 1, 0, none, creation.ledger()));
        lies.add(new Creation(creation.creator(), 2, 1, 0, creation.rules(), none));
        lies.add(new Creation(creation.creator(), 2, 2, 0, creation.rules(), creation.ledger()));
        for (Creation lie : lies) {
            BlockHeader header =
                    new BlockHeader(
                            1, PorBlock.root(lie, List.of()), tip.hash(), tip.link().time() + 1, 0);
            assertThat(fault(Home.signed(header, lie, List.of(), Party.node(1))))
                    .isEqualTo(Fault.INVALID_VALUE);
        }
        assertThat(Home.fault(home.judge.judge(sound, home.first))).isEqualTo(Fault.OUTDATED);
    }

    /// The hash is what it is, so the target is what moves.
    @Test
    void a_hash_that_equals_the_target_is_not_below_it() {
        BigInteger hash = new BigInteger(1, sound.hash().bytes().toArray());
        assertThat(judgedAt(hash)).isEqualTo(Fault.BAD_PROOF);
        assertThat(judgedAt(hash.add(BigInteger.ONE))).isEqualTo(Fault.INTERNAL);
    }

    private Fault judgedAt(BigInteger target) {
        Work work =
                (header, _, _) ->
                        new BigInteger(1, header.hash().bytes().toArray()).compareTo(target) < 0;
        Home other = new Home(home.settings, work);
        return Home.fault(other.judge.judge(sound, tip));
    }

    /// A change in block h judges h + 1, not h: by its rules, and by their difficulty.
    @Test
    void work_is_owed_by_the_rules_behind_the_block_before() {
        List<String> asked = new ArrayList<>();
        Work work =
                (_, difficulty, distances) -> {
                    asked.add(difficulty.parameters().max() + " " + distances);
                    return true;
                };
        Home seen = new Home(Party.settings(3, 3), work);
        Change.Retune retune =
                new Change.Retune(
                        new org.entente.light.por.Parameters(
                                22_000,
                                11_900,
                                org.entente.light.por.Parameters.Nearest.ONE_STEP_BELOW_MAX));
        Home.Told told = seen.tell(seen.first, 0, Party.account(0), Home.propose(retune));
        Placed after = seen.tell(told.after(), 1, Party.account(1), told.vote(true)).after();
        after = seen.tell(after, 2, Party.account(2), told.vote(true)).after();
        assertThat(asked.getLast()).isEqualTo("21000 [3, 6]");
        seen.add(after, 0);
        assertThat(asked.getLast()).isEqualTo("22000 [3, 6]");
    }

    @Test
    void blocks_of_more_than_the_chain_allows_are_refused() {
        Settings rule = home.settings;
        Settings small =
                new Settings(
                        rule.rules(), rule.history(), rule.slack(), 3, 1 << 16, 2, rule.skewMax());
        assertThat(
                        Home.fault(
                                new BlockJudge(small, home.judge.headers(), home.judge.verifier())
                                        .judge(sound, tip)))
                .isEqualTo(Fault.TOO_LARGE);
    }
}
