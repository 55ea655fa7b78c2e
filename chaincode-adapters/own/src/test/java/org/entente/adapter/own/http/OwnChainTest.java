package org.entente.adapter.own.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.adapter.Chain;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Point;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.adapter.fixture.ChainWorld.Fate;
import org.entente.adapter.fixture.Exchange;
import org.entente.adapter.own.StateKey;
import org.entente.adapter.own.fixture.SoloNode;
import org.entente.adapter.own.fixture.SoloWorld;
import org.entente.adapter.own.fixture.Twin;
import org.entente.chain.Action;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.log.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Nodes that lie, contradict each other, lose answers, or come back as another chain.
final class OwnChainTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final String KILLS = "kills";

    @TempDir private Path home;
    private SoloWorld world;

    @BeforeEach
    void begun(TestInfo test) throws Exception {
        world =
                new SoloWorld(
                        home.resolve("node"),
                        test.getTags().contains(KILLS) ? Fate.IS_KILLED : Fate.LIVES);
        world.put(KEY, Bytes.utf8("one"));
    }

    @AfterEach
    void ended() {
        world.close();
    }

    @Test
    void whatever_a_node_changes_in_its_answer_is_refused_with_a_reason() throws Exception {
        for (String field : List.of("value", "proof", "header")) {
            assertThat(lied(flipped(field)))
                    .as(field)
                    .isIn(
                            Fault.BAD_PROOF,
                            Fault.BAD_SIGNATURE,
                            Fault.MALFORMED,
                            Fault.WRONG_CHAIN,
                            Fault.NOT_A_SIGNER);
        }
        assertThat(lied((_, body) -> body.replaceAll("\"value\":\"[0-9a-f]*\"", "\"value\":null")))
                .isEqualTo(Fault.BAD_PROOF);
        assertThat(lied((_, body) -> body.replaceAll("\"shown\":.*", "\"shown\":[]}")))
                .isEqualTo(Fault.MALFORMED);
        assertThat(lied((_, _) -> "{}")).isEqualTo(Fault.MALFORMED);
        assertThat(lied((_, _) -> "no JSON")).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void a_proof_of_another_key_is_no_proof_of_absence() throws Exception {
        world.put(Bytes.utf8("other"), Bytes.utf8("7"));
        try (Twin twin = new Twin(world.node().address())) {
            Chain chain = world.following(twin.address());
            known(chain.head());
            String absent =
                    world.node()
                            .post(
                                    "/v1/proofs",
                                    "{\"keys\":[\""
                                            + StateKey.FORMAT
                                                    .encode(StateKey.own(Bytes.utf8("never")))
                                                    .hex()
                                            + "\"]}");
            twin.lying((path, body) -> path.equals("/v1/proofs") ? absent : body);
            assertThat(chain.read(keys())).isInstanceOf(Seen.Doubted.class);
        }
    }

    @Test
    void an_outcome_that_the_state_does_not_prove_is_refused() throws Exception {
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        world.chain().send(world.chain().prepare(one.deliver()));
        try (Twin twin = new Twin(world.node().address())) {
            Chain chain = world.following(twin.address());
            assertThat(known(chain.outcome(Story.INBOX, one.serial()))).isPresent();
            twin.lying((_, body) -> body.replaceAll("\"value\":\"[0-9a-f]*\"", "\"value\":null"));
            assertThat(chain.outcome(Story.INBOX, one.serial())).isInstanceOf(Seen.Doubted.class);
        }
    }

    @Test
    void one_liar_of_three_changes_nothing() throws Exception {
        URI node = world.node().address();
        try (Twin liar = new Twin(node).lying(flipped("proof"));
                Twin honest = new Twin(node)) {
            Chain chain = world.following(node, honest.address(), liar.address());
            assertThat(known(chain.read(keys())).held().getFirst().value())
                    .contains(Bytes.utf8("one"));
        }
    }

    @Test
    void one_of_three_that_does_not_show_the_followed_block_is_passed_over() throws Exception {
        URI node = world.node().address();
        try (Twin liar = new Twin(node);
                Twin honest = new Twin(node)) {
            Chain chain = world.following(node, liar.address(), honest.address());
            Point followed = known(chain.head());
            liar.lying(
                    (path, body) -> path.endsWith("/headers/" + followed.height()) ? "{}" : body);
            world.put(KEY, Bytes.utf8("two"));
            world.put(KEY, Bytes.utf8("three"));
            assertThat(known(chain.read(keys())).held().getFirst().value())
                    .contains(Bytes.utf8("three"));
            assertThat(known(chain.head()).height()).isEqualTo(followed.height() + 2);
        }
    }

    @Test
    void what_no_proof_covers_must_be_said_by_more_than_one_node() throws Exception {
        URI node = world.node().address();
        world.put(Bytes.utf8("sum/1"), Bytes.utf8("42"));
        try (Twin twin = new Twin(node)) {
            Chain chain = world.following(node, twin.address());
            assertThat(known(chain.call(world.sum(Bytes.utf8("sum/")))).result())
                    .isEqualTo(Bytes.utf8("42"));
            twin.lying(flipped("result"));
            assertThat(chain.call(world.sum(Bytes.utf8("sum/")))).isInstanceOf(Seen.Disputed.class);
            assertThat(known(chain.inbox(Story.INBOX))).isPresent();
            twin.lying(flipped("code"));
            assertThat(chain.inbox(Story.INBOX)).isInstanceOf(Seen.Disputed.class);
        }
    }

    @Test
    void an_answer_about_another_transaction_says_nothing_of_this_one() throws Exception {
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        try (Twin twin = new Twin(world.node().address())) {
            Chain chain = world.following(twin.address());
            Prepared prepared = chain.prepare(one.deliver());
            twin.lying(flipped("id"));
            assertThat(chain.send(prepared)).isInstanceOf(Sending.Unknown.class);
        }
    }

    @Test
    void nodes_that_cannot_agree_or_be_reached_are_no_configuration() throws Exception {
        Node node = new Node(URI.create("http://127.0.0.1:1"), Optional.empty());
        OwnChainConfiguration sound =
                OwnChainConfiguration.standard(
                        world.node().chain(), world.node().genesis(), List.of(node));
        assertThat(sound.agreeing()).isEqualTo(1);
        assertThatThrownBy(() -> new Node(URI.create("https://127.0.0.1:1"), Optional.empty()))
                .hasMessageContaining("certificate");
        assertThatThrownBy(() ->
                        OwnChainConfiguration.standard(
                                sound.chain(), sound.genesis(), List.of(node, node)))
                .hasMessageContaining("twice");
        Node second = new Node(URI.create("http://127.0.0.1:2"), Optional.empty());
        assertThatThrownBy(() ->
                        new OwnChainConfiguration(
                                sound.chain(),
                                sound.genesis(),
                                List.of(node, second),
                                1,
                                List.of(),
                                sound.connectTimeMax(),
                                sound.answerTimeMax(),
                                sound.timeMax()))
                .hasMessageContaining("majority");
    }

    @Test
    void a_node_of_another_chain_is_not_believed() throws Exception {
        try (SoloNode other =
                SoloNode.made(
                                home.resolve("other"),
                                world.node().chain(),
                                world.writer().key(),
                                List.of(),
                                Fate.LIVES)
                        .start()) {
            assertThat(fault(world.following(other.address()).head())).isEqualTo(Fault.WRONG_CHAIN);
        }
    }

    @Test
    @Tag(KILLS)
    void two_nodes_of_one_chain_that_disagree_are_found_out() throws Exception {
        world.kill();
        try (SoloNode copy = world.node().copied(home.resolve("copy")).start()) {
            world.restart();
            Chain chain = world.following(world.node().address(), copy.address());
            Point common = known(chain.head());
            world.put(KEY, Bytes.utf8("two"));
            assertThat(known(chain.head())).isEqualTo(common);
            copy.perform(world.writer(), 1, put("another"));
            Seen<Snapshot> seen = chain.read(keys());
            assertThat(seen).isInstanceOf(Seen.Disputed.class);
            assertThat(seen.toString())
                    .contains(copy.address().toString())
                    .contains(world.node().address().toString());
            assertThat(chain.outcome(Story.INBOX, 1)).isInstanceOf(Seen.Disputed.class);
        }
    }

    @Test
    @Tag(KILLS)
    void a_final_block_that_was_replaced_is_found_out_and_stays_so() throws Exception {
        Point kept = known(world.chain().head());
        world.kill();
        try (SoloNode backup = world.node().copied(home.resolve("backup"))) {
            world.restart();
            world.put(KEY, Bytes.utf8("two"));
            Point followed = known(world.chain().head());
            world.kill();
            world.node().restore(backup);
            world.restart();
            // A node that is behind may only be slow: nothing is known until it has caught up.
            assertThatThrownBy(() -> world.chain().head()).isInstanceOf(ChainUnreachable.class);
            world.node().perform(world.writer(), 1, put("other"));
            world.node().perform(world.writer(), 2, put("another"));
            Seen<Point> seen = world.chain().head();
            assertThat(seen).isInstanceOf(Seen.FinalityBroken.class);
            assertThat(((Seen.FinalityBroken<Point>) seen).followed()).isEqualTo(followed);
            assertThat(((Seen.FinalityBroken<Point>) seen).since()).isEqualTo(kept.height() + 1);
            assertThat(world.chain().read(keys())).isInstanceOf(Seen.FinalityBroken.class);
            assertThat(world.chain().inbox(Story.INBOX)).isInstanceOf(Seen.FinalityBroken.class);
            // An adapter that starts from what the caller stored finds it out as well.
            Chain restarted =
                    world.following(world.account(), Optional.of(followed), world.node().address());
            assertThat(restarted.head()).isInstanceOf(Seen.FinalityBroken.class);
        }
    }

    @Test
    @Tag(KILLS)
    void a_crash_before_the_answer_is_an_unknown_end_and_the_same_bytes_end_it() throws Exception {
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        try (Twin twin = new Twin(world.node().address()).losing(Twin.Loss.ANSWER)) {
            Chain chain = world.following(twin.address());
            Prepared prepared = chain.prepare(one.deliver());
            assertThat(chain.send(prepared)).isInstanceOf(Sending.Unknown.class);
            world.kill();
            assertThat(chain.send(prepared)).isInstanceOf(Sending.Unknown.class);
            world.restart();
            twin.losing(Twin.Loss.NONE);
            assertThat(chain.send(prepared)).isInstanceOf(Sending.Included.class);
            assertThat(known(chain.outcome(Story.INBOX, one.serial())).orElseThrow().end())
                    .isEqualTo(Settlement.End.APPLIED);
        }
    }

    @Test
    void nonces_come_in_their_order_and_a_stale_one_is_prepared_again() throws Exception {
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        Exchange two = Exchange.ordered(world.story(), "two", "8");
        Chain chain = world.chain();
        Prepared first = chain.prepare(one.deliver());
        Prepared second = chain.prepare(two.deliver());
        CompletableFuture<Sending> overtaking =
                CompletableFuture.supplyAsync(
                        () -> sent(chain, second), runnable -> Thread.ofVirtual().start(runnable));
        assertThat(chain.send(first)).isInstanceOf(Sending.Included.class);
        assertThat(overtaking.get(60, TimeUnit.SECONDS)).isInstanceOf(Sending.Included.class);

        Exchange three = Exchange.ordered(world.story(), "three", "9");
        Prepared stale = chain.prepare(three.deliver());
        world.node().perform(world.account(), 2, put("taken"));
        assertThat(chain.send(stale)).isInstanceOf(Sending.Stale.class);
        assertThat(chain.find(stale)).isEmpty();
        assertThat(chain.send(chain.prepare(three.deliver()))).isInstanceOf(Sending.Included.class);
        assertThat(known(chain.outcome(Story.INBOX, three.serial()))).isPresent();
    }

    private static Sending sent(Chain chain, Prepared prepared) {
        try {
            return chain.send(prepared);
        } catch (ChainUnreachable | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_far_ahead_of_its_turn_is_early() throws Exception {
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        Chain chain = world.chain();
        Prepared last = chain.prepare(one.deliver());
        for (int ahead = 0; ahead < 64; ahead++) {
            last = chain.prepare(one.deliver());
        }
        assertThat(chain.send(last)).isInstanceOf(Sending.Early.class);
    }

    @Test
    void an_account_that_was_not_admitted_is_refused() throws Exception {
        Chain chain =
                world.following(SoloNode.freshSigner(), Optional.empty(), world.node().address());
        Exchange one = Exchange.ordered(world.story(), "one", "7");
        Sending sending = chain.send(chain.prepare(one.deliver()));
        assertThat(sending).isInstanceOf(Sending.Refused.class);
        assertThat(((Sending.Refused) sending).why().fault()).isEqualTo(Fault.UNKNOWN_ACCOUNT);
    }

    @Test
    void an_answer_that_comes_too_slowly_or_is_too_large_is_none() throws Exception {
        try (Twin twin = new Twin(world.node().address())) {
            Chain chain = world.following(twin.address());
            known(chain.head());
            twin.lying((_, body) -> body + " ".repeat(40_000_000));
            assertThatThrownBy(() -> chain.read(keys())).isInstanceOf(ChainUnreachable.class);
            twin.stalling(world.timeMax().multipliedBy(2));
            long began = System.nanoTime();
            assertThatThrownBy(() -> chain.read(keys())).isInstanceOf(ChainUnreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(world.timeMax().plusSeconds(5));
        }
    }

    private Fault lied(BinaryOperator<String> lie) throws Exception {
        try (Twin twin = new Twin(world.node().address())) {
            Chain chain = world.following(twin.address());
            known(chain.head());
            twin.lying(lie);
            return fault(chain.read(keys()));
        }
    }

    /// Changes the last but third hexadecimal digit of a field.
    private static BinaryOperator<String> flipped(String field) {
        Pattern pattern = Pattern.compile("\"" + field + "\":\"([0-9a-f]+)\"");
        return (_, body) -> {
            Matcher matcher = pattern.matcher(body);
            if (!matcher.find()) {
                return body;
            }
            int at = matcher.end(1) - 3;
            char digit = body.charAt(at) == '0' ? '1' : '0';
            return body.substring(0, at) + digit + body.substring(at + 1);
        };
    }

    private static Action put(String value) {
        return new Action.Put(KEY, Optional.empty(), Bytes.utf8(value));
    }

    private SortedSet<Place> keys() {
        return Sorted.copyOf(List.of(Place.own(world.node().chain(), KEY)));
    }

    private static Fault fault(Seen<?> seen) {
        if (seen instanceof Seen.Doubted<?>(Verdict.Rejected why)) {
            return why.fault();
        }
        throw new AssertionError(seen.toString());
    }

    private static <T> T known(Seen<T> seen) {
        if (seen instanceof Seen.Known<T>(T value)) {
            return value;
        }
        throw new AssertionError(seen.toString());
    }
}
