package org.entente.light.por;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What `docs/vectors/por.json` has: every kind of window and of parameters.
final class DifficultyVectors {
    private static final Parameters.Nearest PRINTED = Parameters.Nearest.ONE_STEP_BELOW_MAX;
    private static final int RANDOM_COUNT = 6;

    private DifficultyVectors() {}

    static void write(Path file, JsonMapper json) throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put(
                "about",
                "The difficulty of docs/chains/por.md §2: creatorsNewestFirst[0] made the block"
                        + " before, deltaScaled is the step in units of 10^-fixLen, T the exponents"
                        + " from distance 1 on, DT the target in hex; and a header with its first"
                        + " nonce below the target, from 0 on.");
        ArrayNode cases = root.putArray("cases");
        windows(cases);
        rounds(cases);
        parameters(cases);
        Random random = new Random(1);
        for (int number = 0; number < RANDOM_COUNT; number++) {
            int nodes = List.of(3, 5, 8, 13, 34, 77).get(number);
            int min = random.nextInt(1, 30_000);
            List<Integer> made = new ArrayList<>();
            for (int count = 0; count < 2 * nodes; count++) {
                made.add(random.nextInt(1, nodes + 1));
            }
            cases.add(
                    DifficultyVectorsTest.described(
                            "random-" + number,
                            nodes,
                            new Parameters(min + 10_001 + random.nextInt(40_000), min, PRINTED),
                            made));
        }
        root.set("header", header());
        Files.writeString(
                file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void windows(ArrayNode cases) {
        add(cases, "genesis-empty", 5, 80_000, 20_000, List.of());
        add(cases, "genesis-one-own", 5, 80_000, 20_000, List.of(1));
        add(cases, "genesis-one-other", 5, 80_000, 20_000, List.of(2));
        add(cases, "partial-window", 5, 80_000, 20_000, List.of(3, 2, 1));
        add(cases, "hardest-n5", 5, 80_000, 20_000, List.of(1, 5, 4, 3, 2, 1, 5, 4, 3, 2));
        add(cases, "all-own-n5", 5, 80_000, 20_000, List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        add(cases, "newcomer-n6", 6, 46_000, 24_000, List.of(2, 4, 6, 5, 3, 2, 6, 4, 3, 5, 2, 4));
        add(cases, "shrunk-5-to-4", 4, 46_000, 24_000, List.of(2, 4, 1, 3, 2, 1, 4, 3));
        add(cases, "irregular-n5", 5, 46_000, 24_000, List.of(2, 4, 1, 5, 3, 2, 1, 4, 3, 5));
        add(
                cases,
                "three-hits-n7",
                7,
                47_000,
                21_000,
                List.of(2, 3, 1, 4, 5, 6, 7, 1, 2, 3, 4, 5, 1, 6));
    }

    private static void rounds(ArrayNode cases) {
        for (int nodes : new int[] {1, 2, 3, 4, 5, 7, 10, 16, 20, 21, 50, 51, 100, 500, 501}) {
            add(cases, "round-n" + nodes, nodes, 80_000, 20_000, round(nodes));
        }
    }

    private static void parameters(ArrayNode cases) {
        add(cases, "whole-exponents-n2", 2, 80_000, 20_000, List.of(2, 1, 2, 1));
        add(cases, "whole-exponents-no-work-left", 2, 90_000, 30_000, List.of(1, 1, 1, 1));
        add(cases, "exponent-below-0-n1", 1, 25_000, 10_000, List.of(1, 1));
        add(cases, "whole-exponent-below-0-n1", 1, 30_000, 10_000, List.of(2, 1));
        add(cases, "four-digits-n4", 4, 52_375, 20_125, round(4));
        add(cases, "least-span", 5, 31_001, 21_000, round(5));
        add(cases, "span-too-little", 5, 31_000, 21_000, round(5));
        add(cases, "no-step", 5, 30_000, 25_000, round(5));
        add(cases, "max-too-much", 5, 170_000, 20_000, round(5));
        for (int nodes : new int[] {5, 20}) {
            cases.add(
                    DifficultyVectorsTest.described(
                            "nearest-is-max-n" + nodes,
                            nodes,
                            new Parameters(80_000, 20_000, Parameters.Nearest.MAX),
                            round(nodes)));
        }
    }

    private static void add(
            ArrayNode cases, String name, int nodes, int max, int min, List<Integer> made) {
        cases.add(
                DifficultyVectorsTest.described(
                        name, nodes, new Parameters(max, min, PRINTED), made));
    }

    /// Everybody in turn, twice; the turn of node 1 is next.
    private static List<Integer> round(int nodes) {
        List<Integer> made = new ArrayList<>();
        for (int back = 0; back < 2 * nodes; back++) {
            made.add(nodes - back % nodes);
        }
        return made;
    }

    private static ObjectNode header() {
        List<Integer> made = List.of(3, 5, 2, 4, 1, 5, 2, 4, 3, 1);
        Parameters parameters = new Parameters(40_000, 18_000, PRINTED);
        Difficulty difficulty = new Difficulty(5, parameters);
        List<Integer> distances = List.of(5, 10);
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION,
                        Digest.of(Bytes.utf8("root")),
                        Digest.of(Bytes.utf8("previous")),
                        1_780_000_000L,
                        0);
        while (!Work.HASHED.isDone(header, difficulty, distances)) {
            header = header.with(header.nonce() + 1);
        }
        ObjectNode vector = DifficultyVectorsTest.described("header", 5, parameters, made);
        vector.put("headerWithoutNonce", header.bytes().slice(0, 72).hex());
        vector.put("firstValidNonce", header.nonce());
        vector.put("hash", header.hash().hex());
        return vector;
    }
}
