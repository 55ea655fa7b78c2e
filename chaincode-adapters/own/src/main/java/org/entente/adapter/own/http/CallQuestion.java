package org.entente.adapter.own.http;

import org.entente.adapter.Call;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Seen;
import org.entente.adapter.Snapshot;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A function's answer. What it read is proved as any key is; that it read all it should and made
/// the right result of it is the nodes' word, so enough of them must say the same.
record CallQuestion(Sources sources, Finality finality, Call call) {
    private static final int ROUND_COUNT_MAX = 4;
    private static final String JSON = "application/json";

    /// What one node answers, and the same keys proved.
    record Answer(Bytes result, Source.View view) {
        boolean agreesWith(Answer other) {
            return result.equals(other.result) && leaves().equals(other.leaves());
        }

        private List<?> leaves() {
            return view.answers().stream().map(each -> each.leaf()).toList();
        }
    }

    private record Asked(String function, String prefix) {}

    private record Claimed(Bytes version, Digest value) {}

    Seen<Answer> ask(Deadline deadline) throws ChainUnreachable, InterruptedException {
        for (int round = 0; round < ROUND_COUNT_MAX; round++) {
            List<Answer> answers = new ArrayList<>();
            Seen<Answer> seen =
                    sources.agreed(
                            source -> {
                                Answer answer = one(source, deadline);
                                synchronized (answers) {
                                    answers.add(answer);
                                }
                                return answer;
                            },
                            Answer::view,
                            finality,
                            deadline);
            if (!(seen instanceof Seen.Known<Answer>(Answer chosen))) {
                return seen;
            }
            if (answers.stream().filter(chosen::agreesWith).count() >= sources.agreeing()) {
                return seen;
            }
            boolean sameReads =
                    answers.stream().allMatch(it -> it.leaves().equals(chosen.leaves()));
            if (sameReads) {
                return new Seen.Disputed<>(
                        "nodes read the same for "
                                + call.function()
                                + " and answer "
                                + answers.stream().map(Answer::result).distinct().toList());
            }
        }
        throw new ChainUnreachable(
                "what " + call.function() + " reads changed " + ROUND_COUNT_MAX + " times");
    }

    private Answer one(Source source, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Bytes body = Json.write(new Asked(call.function().text(), call.argument().hex()));
        for (int round = 0; round < ROUND_COUNT_MAX; round++) {
            Fields fields = source.good(source.post("/v1/calls", JSON, body, deadline));
            Bytes result = fields.hex("result");
            TreeMap<StateKey, Claimed> claimed = new TreeMap<>();
            List<StateKey> keys = new ArrayList<>();
            for (Fields each : fields.list("reads", Snapshot.COUNT_MAX)) {
                StateKey key = each.made("key", hex -> StateKey.own(Bytes.fromHex(hex)));
                keys.add(key);
                claimed.put(
                        key, new Claimed(each.hex("version"), each.made("value", Digest::fromHex)));
            }
            Source.View view = source.read(keys, finality, deadline);
            if (holds(claimed, view) && view.height() >= fields.number("height")) {
                return new Answer(result, view);
            }
        }
        throw new SourceAway(
                source.address() + ": what it read for " + call.function() + " is not what it has",
                SourceAway.Reach.UNKNOWN);
    }

    private static boolean holds(TreeMap<StateKey, Claimed> claimed, Source.View view) {
        return view.answers().size() == claimed.size()
                && view.answers().stream()
                        .allMatch(proved -> {
                            Claimed claim = claimed.get(proved.key());
                            return claim != null
                                    && proved.leaf()
                                            .filter(leaf ->
                                                    leaf.version().bytes().equals(claim.version)
                                                            && leaf.value()
                                                                    .filter(claim.value::equals)
                                                                    .isPresent())
                                            .isPresent();
                        });
    }
}
