package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.log.Settlement;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A chain comes back from an old copy and goes its own way from there: blocks that were final are
/// others. Everyone sees it, what goes there stands still, nothing else does; and when each
/// organisation has accepted the chain as it is, what vanished is made again.
final class ReplacedScene {
    private static final String NAME = "vanishing";
    private static final String VALUE = "{\"berth\": 7}";
    private static final int BLOCKS = 12;
    private static final int ANSWER_SIZE_BYTES_MAX = 1 << 20;

    private final Alliance alliance;
    private final Harbour harbour;
    private final Way way;
    private final List<String> agents = new ArrayList<>();

    ReplacedScene(Alliance alliance, Harbour harbour) {
        this.alliance = alliance;
        this.harbour = harbour;
        this.way = harbour.way();
        alliance.ground().members().forEach(party -> agents.add(party.word()));
    }

    void play() throws Exception {
        Path data = alliance.ground().path(Harbour.PROCESS);
        Path old = alliance.ground().path(Harbour.PROCESS + "-old");
        alliance.processes().stop(Harbour.PROCESS);
        copy(data, old);
        alliance.processes().start(List.of(Harbour.PROCESS));
        Outcome before = way.carry(NAME, VALUE, Plan.STANDARD);
        assertThat(isApplied(before)).as(before.toString()).isTrue();
        assertThat(way.delivered(NAME)).contains(VALUE);

        agents.forEach(alliance.processes()::stop);
        alliance.processes().kill(Harbour.PROCESS);
        delete(data);
        copy(old, data);
        alliance.processes().start(List.of(Harbour.PROCESS));
        for (int number = 0; number < BLOCKS; number++) {
            harbour.put("elsewhere/" + number, "1");
        }
        assertThat(way.delivered(NAME)).isEmpty();
        alliance.processes().start(agents);
        Alliance.await(
                "all agents say so",
                () -> affected().path("breaks").size() == agents.size() && !isFlowing());
        refused(before);
        accepted();
        Alliance.await("what vanished is made again", () -> way.delivered(NAME).isPresent());
        assertThat(way.delivered(NAME)).contains(VALUE);
        Alliance.await("no delivery is marked", () -> affected().path("affected").isEmpty());
        assertThat(isFlowing()).isTrue();
        Outcome after = way.carry("after", VALUE, Plan.STANDARD);
        assertThat(isApplied(after)).as(after.toString()).isTrue();
        assertThat(alliance.truth().violations(List.of(before, after))).isEmpty();
    }

    /// What goes there is refused at once, what was delivered is marked, all else goes on.
    private void refused(Outcome before) throws Exception {
        Outcome none = way.carry("meanwhile", VALUE, Plan.STANDARD);
        assertThat(none.toString()).contains(Fault.FINALITY_BROKEN.name());
        assertThat(affected().toString()).contains(before.exchange().toString()).contains("UNSEEN");
        Outcome other =
                Way.from(alliance.town(), Market.ORDERS).carry("meanwhile", VALUE, Plan.STANDARD);
        assertThat(isApplied(other)).as(other.toString()).isTrue();
    }

    /// By each organisation for itself, the block that its agent found and no other.
    private void accepted() throws Exception {
        List<JsonNode> breaks = new ArrayList<>();
        affected()
                .path("breaks")
                .forEach(each ->
                        breaks.add(
                                Json.read(Bytes.utf8(each.asString()), ANSWER_SIZE_BYTES_MAX)
                                        .orThrow()));
        for (Party party : alliance.ground().members()) {
            alliance.processes().stop(party.word());
            JsonNode mine =
                    breaks.stream()
                            .filter(each -> each.path("agent").asString().equals(party.agent()))
                            .findFirst()
                            .orElseThrow();
            assertThat(mine.path("state").asString()).isEqualTo("STANDS");
            alliance.processes()
                    .sideBySide(
                            List.of(
                                    List.of(
                                            "agent",
                                            "--config",
                                            party.word() + ".conf",
                                            "--accept-chain",
                                            Harbour.CHAIN,
                                            "--point",
                                            mine.path("found").path("height").asLong()
                                                    + ":"
                                                    + mine.path("found").path("hash").asString())));
            alliance.processes().start(List.of(party.word()));
        }
    }

    private JsonNode affected() throws org.entente.client.Failure {
        return alliance.terminal()
                .run(
                        "affected",
                        "list",
                        alliance.id(),
                        "--org",
                        alliance.home(Party.GAMMA).toString());
    }

    private boolean isFlowing() throws org.entente.client.Failure {
        return affected().path("broken").isEmpty();
    }

    private static boolean isApplied(Outcome outcome) {
        return outcome.ending() instanceof Outcome.Settled settled
                && settled.end() == Settlement.End.APPLIED;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
