package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One alliance of processes, founded once, on which all of this is tried. In this order, since
/// after the last an agent never signs again.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllianceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration AWAY = Duration.ofSeconds(6);

    @TempDir private static Path folder;

    private static Alliance alliance;
    private static Harbour harbour;

    @BeforeAll
    static void found() throws Exception {
        alliance = Alliance.found(ROOT, folder, Map.of());
        Files.writeString(
                folder.resolve("relay.conf"), "deliveries.tries = 3\n", StandardOpenOption.APPEND);
        alliance.restart(List.of("relay"));
        harbour = Harbour.join(alliance);
    }

    @AfterAll
    static void end() {
        if (harbour != null) {
            harbour.close();
        }
        if (alliance != null) {
            alliance.close();
        }
    }

    @Test
    @Order(1)
    void an_application_exchanges_by_curl_as_the_guide_says() throws Exception {
        new DoorScene(alliance).guide();
    }

    @Test
    @Order(2)
    void the_agents_door_says_why_it_refuses() throws Exception {
        new DoorScene(alliance).refusals();
    }

    @Test
    @Order(3)
    void deliveries_are_followed_and_taken_up_again_by_their_cursor() throws Exception {
        new TailScene(alliance).play();
    }

    @Test
    @Order(4)
    void an_epoch_that_begins_under_load_loses_nothing() throws Exception {
        EpochUnderLoad.Report report = new EpochUnderLoad(alliance, harbour).run(1);
        System.out.println("an epoch under load: " + report);
        assertThat(report.violations()).isEmpty();
    }

    @Test
    @Order(5)
    void a_chain_that_is_away_delays_only_what_goes_there_and_all_of_it_ends_once()
            throws Exception {
        ChainAway.Report report =
                new ChainAway(alliance, harbour, true, ChainAway.Manner.KILLED).run(AWAY);
        System.out.println("trial chain-away, short: " + report);
        assertThat(report.violations()).isEmpty();
        assertThat(report.during()).isGreaterThan(report.before() / 3);
    }

    @Test
    @Order(6)
    void while_the_relay_is_away_the_door_says_when_to_come_again() throws Exception {
        new DoorScene(alliance).away();
    }

    @Test
    @Order(7)
    void an_audit_names_what_was_done_to_the_log() throws Exception {
        new AuditScene(alliance).play();
    }

    @Test
    @Order(8)
    void a_chain_whose_final_blocks_are_others_stands_still_until_it_is_accepted_and_made_whole()
            throws Exception {
        new ReplacedScene(alliance, harbour).play();
    }

    @Test
    @Order(9)
    void
            whatever_the_relay_tells_one_agent_it_seals_nothing_untrue_and_everyone_sees_that_it_objects()
                    throws Exception {
        try (LyingScene scene = new LyingScene(alliance)) {
            scene.forgedVerdict();
            scene.reordered();
            scene.withheld();
            scene.alteredDelivery();
            scene.forked();
        }
    }
}
