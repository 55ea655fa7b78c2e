package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.worker.Pledges;
import org.entente.light.industrial.Ballot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A sealer that ends at whatever moment, and what it says of the same turn after that.
final class PledgesTest {
    private static final String ODD = "pledge.1";
    private static final String EVEN = "pledge.0";

    private final Proposing proposing = new Proposing();
    private final Ledger.Made made =
            proposing.home.makeBy(proposing.primary, proposing.home.evidence());
    private final Ledger.Made another =
            proposing.home.makeBy(proposing.primary, proposing.home.evidence(), Proposing.WORK);
    private final Pledge preparing = Pledge.begun(Proposing.TURN).preparing(made.header().digest());

    @TempDir private Path folder;

    @BeforeEach
    void begun() throws IOException {
        Pledges.create(folder);
    }

    @Test
    void what_is_kept_is_there_at_the_next_start() throws IOException {
        assertThat(found()).isEqualTo(new Pledges.Found.Kept(Optional.empty()));
        for (int count = 0; count < 3; count++) {
            keep(preparing);
            assertThat(found()).isEqualTo(new Pledges.Found.Kept(Optional.of(preparing)));
        }
        assertThat(saidToAnother()).isEmpty();
    }

    @Test
    void a_write_that_is_torn_anywhere_leaves_the_pledge_before() throws IOException {
        keep(preparing);
        byte[] acknowledged = Files.readAllBytes(folder.resolve("pledge.acknowledged"));
        byte[] before = Files.readAllBytes(folder.resolve(EVEN));
        keep(preparing.entered(1, true));
        byte[] after = Files.readAllBytes(folder.resolve(EVEN));
        Files.write(folder.resolve("pledge.acknowledged"), acknowledged);
        for (int size = 0; size < after.length; size++) {
            Files.write(folder.resolve(EVEN), torn(after, size, before));
            assertThat(found()).isEqualTo(new Pledges.Found.Kept(Optional.of(preparing)));
            if (size % 16 == 0) {
                assertThat(saidToAnother()).isEmpty();
            }
        }
        Files.write(folder.resolve(EVEN), after);
        assertThat(found())
                .isEqualTo(new Pledges.Found.Kept(Optional.of(preparing.entered(1, true))));
        assertThat(saidToAnother()).isEmpty();
    }

    @Test
    void before_the_first_promise_is_whole_nothing_was_said() throws IOException {
        byte[] acknowledged = Files.readAllBytes(folder.resolve("pledge.acknowledged"));
        keep(preparing);
        byte[] after = Files.readAllBytes(folder.resolve(ODD));
        Files.write(folder.resolve("pledge.acknowledged"), acknowledged);
        for (int size = 0; size < after.length; size++) {
            Files.write(folder.resolve(ODD), Arrays.copyOf(after, size));
            assertThat(found()).isEqualTo(new Pledges.Found.Kept(Optional.empty()));
        }
        assertThat(saidToAnother()).containsExactly(Ballot.Phase.PREPARE);
    }

    @Test
    void of_a_pledge_that_was_kept_every_shortened_or_flipped_byte_is_named() throws IOException {
        keep(preparing);
        byte[] whole = Files.readAllBytes(folder.resolve(ODD));
        for (int size = 0; size < whole.length; size++) {
            Files.write(folder.resolve(ODD), Arrays.copyOf(whole, size));
            assertThat(found()).isInstanceOf(Pledges.Found.Lost.class);
            byte[] flipped = whole.clone();
            flipped[size] ^= 0x10;
            Files.write(folder.resolve(ODD), flipped);
            assertThat(found()).isInstanceOf(Pledges.Found.Lost.class);
        }
        assertThat(((Pledges.Found.Lost) found()).why()).contains("pledge.1");
        assertThat(saidToAnother()).isEmpty();
        Files.delete(folder.resolve(EVEN));
        assertThat(found()).isInstanceOf(Pledges.Found.Lost.class);
    }

    @Test
    void in_place_of_a_lost_pledge_the_next_one_is_kept() throws IOException {
        keep(preparing);
        Files.write(folder.resolve(ODD), new byte[7]);
        Pledge next = Pledge.begun(Home.turn(2, 0)).preparing(another.header().digest());
        try (Pledges pledges = Pledges.open(folder)) {
            assertThat(pledges.found()).isInstanceOf(Pledges.Found.Lost.class);
            pledges.keep(next);
        }
        assertThat(found()).isEqualTo(new Pledges.Found.Kept(Optional.of(next)));
    }

    private static byte[] torn(byte[] next, int size, byte[] before) {
        byte[] torn = Arrays.copyOf(next, Math.max(size, before.length));
        if (before.length > size) {
            System.arraycopy(before, size, torn, size, before.length - size);
        }
        return torn;
    }

    private void keep(Pledge pledge) throws IOException {
        try (Pledges pledges = Pledges.open(folder)) {
            pledges.keep(pledge);
        }
    }

    private Pledges.Found found() throws IOException {
        try (Pledges pledges = Pledges.open(folder)) {
            return pledges.found();
        }
    }

    /// What a node that starts with what is on disk says to another block of the turn.
    private List<Ballot.Phase> saidToAnother() throws IOException {
        Self self = Home.self(proposing.other);
        Ledger tip = proposing.home.tip();
        Replica replica =
                switch (found()) {
                    case Pledges.Found.Kept(var pledge) ->
                            new Replica(self, tip, pledge, Proposing.NOW);
                    case Pledges.Found.Lost _ -> Replica.silent(self, tip, Proposing.NOW);
                };
        return Proposing.said(
                proposing.told(replica, proposing.proposal(another, Optional.empty()), another));
    }
}
