package org.entente.chain.por.mining;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class MinerTest {
    private static final Target EASIEST = new Target(BigInteger.ONE.shiftLeft(256));
    private static final Target NEVER = new Target(BigInteger.ONE);
    private static final MinerSettings UNLIMITED = MinerSettings.limited(0);

    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    @Test
    void what_is_found_is_the_first_nonce_and_all_hashes_are_counted() throws Exception {
        Target target = new Target(BigInteger.ONE.shiftLeft(256 - 12));
        long first = new HeaderHash(prefix(1)).find(target, 0, 1_000_000).orElseThrow();
        try (Miner miner = Miner.start(UNLIMITED)) {
            miner.mine(new Work(prefix(1), target), outcomes::add);
            assertThat(outcome()).isEqualTo(new Outcome.Found(first));
            assertThat(miner.hashes()).isEqualTo(first + 1);
            assertThat(miner.hashesPerSecond()).isPositive();
            miner.mine(new Work(prefix(2), EASIEST), outcomes::add);
            assertThat(outcome()).isEqualTo(new Outcome.Found(0));
        }
    }

    @Test
    void a_space_without_a_nonce_is_exhausted_after_all_of_them() throws Exception {
        try (Miner miner = Miner.start(new MinerSettings(0, 1 << 8))) {
            miner.mine(new Work(prefix(1), NEVER), outcomes::add);
            assertThat(outcome()).isEqualTo(new Outcome.Exhausted());
            assertThat(miner.hashes()).isEqualTo(256);
        }
    }

    @Test
    void the_last_nonce_of_a_space_is_tried() throws Exception {
        BlockingQueue<Outcome> found = new LinkedBlockingQueue<>();
        long last = 255;
        int number = 0;
        Target rare = new Target(BigInteger.ONE.shiftLeft(256 - 8));
        while (new HeaderHash(prefix(number)).find(rare, 0, 256).orElse(-1) != last) {
            number++;
        }
        try (Miner miner = Miner.start(new MinerSettings(0, 256))) {
            miner.mine(new Work(prefix(number), rare), found::add);
            assertThat(found.poll(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Found(last));
        }
    }

    @Test
    void other_work_takes_the_place_of_what_would_never_end() throws Exception {
        try (Miner miner = Miner.start(UNLIMITED)) {
            for (int number = 0; number < 100; number++) {
                BlockingQueue<Outcome> abandoned = new LinkedBlockingQueue<>();
                miner.mine(new Work(prefix(number), NEVER), abandoned::add);
                miner.mine(new Work(prefix(number), EASIEST), outcomes::add);
                assertThat(outcome()).isEqualTo(new Outcome.Found(0));
                assertThat(abandoned).isEmpty();
            }
        }
    }

    @Test
    void a_miner_at_rest_computes_nothing() throws Exception {
        try (Miner miner = Miner.start(UNLIMITED)) {
            miner.mine(new Work(prefix(1), NEVER), outcomes::add);
            untilBusy(miner, 0);
            miner.rest();
            miner.mine(new Work(prefix(2), EASIEST), outcomes::add);
            outcome();
            long before = miner.hashes();
            miner.rest();
            miner.mine(new Work(prefix(3), EASIEST), outcomes::add);
            outcome();
            assertThat(miner.hashes()).isEqualTo(before + 1);
        }
    }

    /// At one hash a second, whoever waited for the pause to end would wait for a minute.
    @Test
    void a_limited_miner_turns_to_other_work_in_the_middle_of_a_pause() throws Exception {
        try (Miner miner = Miner.start(MinerSettings.limited(1))) {
            long begun = System.nanoTime();
            for (int number = 0; number < 60; number++) {
                long before = miner.hashes();
                miner.mine(new Work(prefix(number), NEVER), outcomes::add);
                untilBusy(miner, before);
            }
            miner.mine(new Work(prefix(1), EASIEST), outcomes::add);
            assertThat(outcome()).isEqualTo(new Outcome.Found(0));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_limit_holds_on_average() throws Exception {
        long limit = 20_000;
        try (Miner miner = Miner.start(new MinerSettings(limit, 10_000))) {
            long begun = System.nanoTime();
            miner.mine(new Work(prefix(1), NEVER), outcomes::add);
            assertThat(outcome()).isEqualTo(new Outcome.Exhausted());
            double perSecond = 10_000 * 1e9 / (System.nanoTime() - begun);
            assertThat(perSecond).isLessThan(limit * 1.1);
            assertThat(miner.hashesPerSecond()).isBetween(limit * 0.2, limit * 1.1);
        }
    }

    @Test
    void a_pace_makes_short_pauses_and_catches_up_on_little() {
        long second = 1_000_000_000L;
        Pace pace = new Pace(1_000_000, 0);
        assertThat(pace.batch(1_024)).isEqualTo(1_024);
        assertThat(pace.done(4_000, 0)).isEqualTo(second / 250);
        assertThat(pace.done(1_000, 10 * second)).isZero();
        long waited = 0;
        for (int number = 0; number < 100; number++) {
            waited = pace.done(1_000, 10 * second);
        }
        assertThat(waited).isEqualTo(second / 10 - second / 50 + second / 1_000);
        assertThat(new Pace(500, 0).batch(1_024)).isEqualTo(2);
        assertThat(new Pace(1, 0).batch(1_024)).isOne();
        assertThat(new Pace(0, 0).done(1_000, 0)).isZero();
    }

    private Outcome outcome() throws InterruptedException {
        return Optional.ofNullable(outcomes.poll(60, TimeUnit.SECONDS)).orElseThrow();
    }

    private static void untilBusy(Miner miner, long before) throws InterruptedException {
        while (miner.hashes() == before) {
            Thread.sleep(1);
        }
    }

    private static Bytes prefix(int number) {
        byte[] prefix = new byte[HeaderHash.PREFIX_SIZE_BYTES];
        prefix[0] = (byte) (number >>> 8);
        prefix[1] = (byte) number;
        return Bytes.copyOf(prefix);
    }
}
