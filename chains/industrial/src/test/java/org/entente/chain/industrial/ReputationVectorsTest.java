package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.light.industrial.Lottery;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Sealers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Figures of another program of the same rules; `-Dvectors=FILE` reads any file of that form.
final class ReputationVectorsTest {
    private static final JsonNode VECTORS = read();
    private static final List<VerifyingKey> KEYS =
            Keys.first(16).stream().map(Signer::key).toList();
    private static final String NAMES = "abcd";
    private static final Rates RATES = Rates.USUAL;

    private static JsonNode read() {
        String file = System.getProperty("vectors", "write");
        Path path =
                file.equals("write")
                        ? Path.of("..", "..", "docs", "vectors", "industrial.json")
                        : Path.of(file);
        try {
            return new JsonMapper().readTree(Files.readString(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SortedSet<VerifyingKey> keys(String names) {
        TreeSet<VerifyingKey> keys = new TreeSet<>();
        names.chars().forEach(name -> keys.add(KEYS.get(NAMES.indexOf(name))));
        return keys;
    }

    private static Table block(Table table, String primary, String failed, String equivocators) {
        Conduct conduct =
                new Conduct(keys(equivocators), keys(failed), keys(NAMES), keys("bcd"), keys(""));
        return table.with(conduct, RATES).rewarded(keys(primary).first(), RATES);
    }

    private static void compare(JsonNode expected, Table table) {
        for (int index = 0; index < NAMES.length(); index++) {
            String text = NAMES.substring(index, index + 1);
            assertThat(table.of(keys(text).first()).points())
                    .as(text)
                    .isEqualTo(expected.get(text).asInt());
        }
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(each -> names.add(each.asString()));
        return names;
    }

    private static List<String> names(Collection<VerifyingKey> keys) {
        return keys.stream().map(key -> NAMES.charAt(KEYS.indexOf(key)) + "").toList();
    }

    @Test
    void blocks_an_epoch_and_a_lottery_give_the_figures_of_the_vectors() {
        JsonNode golden = VECTORS.get("golden");
        Table table = Table.begun(keys(NAMES), RATES);
        table = block(table, "b", "a", "");
        table = block(table, "c", "", "");
        for (int count = 0; count < 4; count++) {
            table = block(table, "c", "", "d");
        }
        compare(golden.get("afterBlocks"), table);
        Table blocks = table;
        assertThat(
                        names(
                                blocks.members().keySet().stream()
                                        .filter(each -> blocks.of(each).offline())
                                        .toList()))
                .isEqualTo(names(golden.get("off")));
        Table epoch = table.epochEnded(keys("bcd"), RATES);
        compare(golden.get("afterEpoch"), epoch);
        assertThat(
                        names(
                                epoch.members().keySet().stream()
                                        .filter(each -> epoch.of(each).banned())
                                        .toList()))
                .isEqualTo(names(golden.get("ban")));
        Sealers drawn = epoch.drawn(4, Bytes.utf8("seed"), 1, RATES);
        assertThat(names(drawn.keys())).isEqualTo(names(golden.get("select4")));
    }

    @Test
    void the_constants_are_those_of_the_vectors() {
        JsonNode of = VECTORS.get("constants");
        assertThat(RATES)
                .isEqualTo(
                        new Rates(
                                of.get("R0").asInt(),
                                of.get("MAX").asInt(),
                                of.get("MIN_SEAL").asInt(),
                                of.get("COMMIT").asInt(),
                                -of.get("MISS").asInt(),
                                8,
                                of.get("PRIMARY").asInt(),
                                -of.get("VIEWCHANGE").asInt(),
                                of.get("OFF_AFTER").asInt(),
                                -of.get("OFFLINE").asInt(),
                                of.get("HB").asInt(),
                                -of.get("HB_MISS").asInt(),
                                of.get("DECAY").asInt()));
    }

    /// The simulation of four of which one is away from epoch 5 to 11: no chance decides there but
    /// the lottery's.
    @Test
    void thirty_epochs_of_four_give_the_views_and_the_points_of_the_vectors() {
        JsonNode four = VECTORS.get("n4");
        int epochBlocks = VECTORS.at("/constants/EPOCH").asInt();
        Table table = Table.begun(keys(NAMES), RATES);
        Sealers sealers = table.drawn(4, Bytes.utf8("genesis"), 0, RATES);
        List<Integer> views = new ArrayList<>();
        int height = 0;
        for (int epoch = 0; epoch < four.get("perEpoch").size(); epoch++) {
            boolean away = epoch >= 5 && epoch < 12;
            SortedSet<VerifyingKey> up = keys(away ? "abc" : NAMES);
            int changed = 0;
            for (int count = 0; count < epochBlocks; count++) {
                height++;
                Roster roster = Roster.of(sealers, table);
                int view = 0;
                TreeSet<VerifyingKey> failed = new TreeSet<>();
                while (!up.contains(roster.primary(height, view))) {
                    failed.add(roster.primary(height, view++));
                }
                changed += view;
                SortedSet<VerifyingKey> counted = count == 0 ? keys("") : sealers.keys();
                Conduct conduct = new Conduct(keys(""), failed, counted, up, keys(""));
                table = table.with(conduct, RATES).rewarded(roster.primary(height, view), RATES);
            }
            views.add(changed);
            table = table.epochEnded(up, RATES);
            Bytes seed = Digest.of(Bytes.utf8(Integer.toString(height))).bytes();
            sealers = table.drawn(4, seed, epoch + 1L, RATES);
        }
        List<Integer> expected = new ArrayList<>();
        four.get("perEpoch").forEach(each -> expected.add(each.asInt()));
        assertThat(views).isEqualTo(expected);
        for (int member = 0; member < 4; member++) {
            assertThat(table.of(KEYS.get(member)).points())
                    .isEqualTo(four.at("/finalR/n0" + member).asInt());
        }
        assertThat(sealers.keys()).isEqualTo(Sorted.copyOf(KEYS.subList(0, 4)));
    }

    @Test
    void the_usual_seats_are_three_f_plus_one_and_a_third_of_the_members_at_most() {
        assertThat(List.of(4, 7, 12, 13, 16, 18, 19, 25).stream().map(Lottery::seats))
                .containsExactly(4, 4, 4, 7, 7, 7, 10, 13);
    }
}
