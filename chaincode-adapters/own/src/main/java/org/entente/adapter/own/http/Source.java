package org.entente.adapter.own.http;

import org.entente.adapter.own.CertifiedHeader;
import org.entente.adapter.own.Evidence;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.Gathering;
import org.entente.adapter.own.Proved;
import org.entente.adapter.own.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// One node: what it says, checked as far as it can be proved.
final class Source implements AutoCloseable {
    private static final int GENESIS_SIZE_BYTES_MAX = 256 * 1024;

    /// A value of the largest size as hexadecimal digits, and its proof.
    private static final int ANSWER_SIZE_BYTES_MAX =
            2 * Delivery.VALUES_SIZE_BYTES_MAX + 256 * 1024;

    private static final int ROUND_COUNT_MAX = 8;
    private static final String JSON = "application/json";

    private final Wire wire;
    private final Witness witness;

    /// @param looked heights whose blocks will be asked for however old they are
    Source(Wire wire, SortedSet<Long> looked) {
        this.wire = wire;
        this.witness = new Witness(this, looked);
    }

    /// What it answers: fields, or a problem that has a code.
    sealed interface Answer {
        record Good(int status, Fields fields) implements Answer {}

        record Problem(String code, String detail) implements Answer {
            Optional<Fault> fault() {
                return Arrays.stream(Fault.values())
                        .filter(each -> each.name().equals(code))
                        .findFirst();
            }

            boolean is(Fault fault) {
                return code.equals(fault.name());
            }

            Verdict.Rejected why() {
                return Verdict.rejected(fault().orElse(Fault.INVALID_VALUE), code + " " + detail);
            }
        }
    }

    /// Answers about keys, all of one block.
    record View(CertifiedHeader certified, Collection<Proved> answers) {
        long height() {
            return certified.header().height();
        }
    }

    URI address() {
        return wire.address();
    }

    Bytes genesis(Deadline deadline) throws SourceAway, SourceRefused, InterruptedException {
        return bytes("/v1/genesis", GENESIS_SIZE_BYTES_MAX, deadline);
    }

    /// What stands at a path that is always there.
    Bytes bytes(String path, int sizeMax, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Wire.Answer answer = wire.get(path, sizeMax, deadline);
        if (isBusy(answer.status())) {
            throw new SourceAway(
                    address() + " answers " + answer.status() + " for " + path,
                    SourceAway.Reach.UNKNOWN);
        }
        if (answer.status() != 200) {
            throw doubt(Fault.MALFORMED, "it answers " + answer.status() + " for " + path);
        }
        return answer.body();
    }

    private static boolean isBusy(int status) {
        return status >= 500 || status == 429;
    }

    View head(Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        long height = height(deadline);
        Optional<CertifiedHeader> certified = header(height, finality, deadline);
        return new View(
                certified.orElseThrow(
                        () -> doubt(Fault.BAD_PROOF, "it has no header of its head " + height)),
                List.of());
    }

    /// Of its newest final block, as it says.
    long height(Deadline deadline) throws SourceAway, SourceRefused, InterruptedException {
        return good(get("/v1/status", deadline)).inner("last").number("height");
    }

    Optional<CertifiedHeader> header(long height, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Answer answer = get("/v1/headers/" + height, deadline);
        if (answer instanceof Answer.Problem problem && problem.is(Fault.NOT_FOUND)) {
            return Optional.empty();
        }
        CertifiedHeader certified = judged(good(answer).hex("bytes"), finality, deadline);
        if (certified.header().height() != height) {
            throw doubt(
                    Fault.BAD_PROOF,
                    "block " + certified.header().height() + " where " + height + " was asked");
        }
        return Optional.of(certified);
    }

    /// A header whose chain stands behind it.
    private CertifiedHeader judged(Bytes bytes, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        CertifiedHeader certified = sound(CertifiedHeader.FORMAT.decode(bytes));
        Evidence evidence = witness.evidence(certified.header().height(), finality, deadline);
        if (evidence.check(certified) instanceof Verdict.Rejected(Fault fault, String why)) {
            throw doubt(fault, why);
        }
        return certified;
    }

    /// What all keys hold at one block.
    View read(List<StateKey> keys, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        if (keys.isEmpty()) {
            return head(finality, deadline);
        }
        Gathering gathering = new Gathering();
        List<StateKey> open = keys;
        for (int round = 0; round < ROUND_COUNT_MAX; ) {
            List<Proved> answers = proved(open, finality, deadline);
            for (Proved proved : answers) {
                if (gathering.take(proved) instanceof Verdict.Rejected(Fault fault, String why)) {
                    throw doubt(fault, why);
                }
            }
            if (answers.size() < open.size()) {
                open = open.subList(answers.size(), open.size());
            } else {
                Optional<CertifiedHeader> certified = gathering.header();
                if (certified.isPresent()) {
                    return new View(certified.get(), gathering.answers());
                }
                open = gathering.behind();
                round++;
            }
        }
        throw new SourceAway(
                address() + ": the keys changed " + ROUND_COUNT_MAX + " times while being read",
                SourceAway.Reach.UNKNOWN);
    }

    private record Asked(List<String> keys) {}

    /// What is shown of the first of these keys, as many as fit one answer.
    private List<Proved> proved(List<StateKey> keys, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Asked asked =
                new Asked(keys.stream().map(key -> StateKey.FORMAT.encode(key).hex()).toList());
        Fields answer = good(post("/v1/proofs", JSON, Json.write(asked), deadline));
        CertifiedHeader certified = judged(answer.hex("header"), finality, deadline);
        List<Fields> shown = answer.list("shown", keys.size());
        if (shown.isEmpty()) {
            throw doubt(Fault.MALFORMED, "it shows nothing of " + keys.size() + " keys");
        }
        List<Proved> proved = new ArrayList<>();
        for (int index = 0; index < shown.size(); index++) {
            Fields each = shown.get(index);
            proved.add(
                    sound(
                            Proved.of(
                                    keys.get(index),
                                    certified,
                                    each.hex("proof"),
                                    each.optionalHex("value"))));
        }
        return proved;
    }

    Answer get(String path, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        return answer(wire.get(path, ANSWER_SIZE_BYTES_MAX, deadline));
    }

    Answer post(String path, String mediaType, Bytes body, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        return answer(wire.post(path, mediaType, body, ANSWER_SIZE_BYTES_MAX, deadline));
    }

    /// The fields of a success; a problem is the node's refusal.
    Fields good(Answer answer) throws SourceRefused {
        return switch (answer) {
            case Answer.Good(_, Fields fields) -> fields;
            case Answer.Problem problem ->
                    throw new SourceRefused(SourceRefused.Kind.NO_ANSWER, problem.why());
        };
    }

    private Answer answer(Wire.Answer raw) throws SourceAway, SourceRefused {
        Fields fields = new Fields(address(), json(raw));
        if (raw.status() == 200 || raw.status() == 202) {
            return new Answer.Good(raw.status(), fields);
        }
        String code = fields.json().path("code").asString("HTTP_" + raw.status());
        String detail = fields.json().path("detail").asString("");
        if (isBusy(raw.status())) {
            throw new SourceAway(
                    address() + " answers " + code + " " + detail,
                    code.equals(Fault.OVERLOADED.name())
                            ? SourceAway.Reach.NOTHING
                            : SourceAway.Reach.UNKNOWN);
        }
        return new Answer.Problem(code, detail);
    }

    private JsonNode json(Wire.Answer raw) throws SourceAway, SourceRefused {
        return switch (Json.read(raw.body(), ANSWER_SIZE_BYTES_MAX)) {
            case Parsed.Value<JsonNode>(JsonNode json) -> json;
            case Parsed.Refused<JsonNode> _ when raw.status() >= 500 ->
                    throw new SourceAway(
                            address() + " answers " + raw.status(), SourceAway.Reach.UNKNOWN);
            case Parsed.Refused<JsonNode>(Verdict.Rejected why) ->
                    throw doubt(why.fault(), why.detail());
        };
    }

    private <T> T sound(Parsed<T> parsed) throws SourceRefused {
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) -> throw doubt(why.fault(), why.detail());
        };
    }

    SourceRefused doubt(Fault fault, String why) {
        return new SourceRefused(
                SourceRefused.Kind.DOUBT, Verdict.rejected(fault, address() + ": " + why));
    }

    @Override
    public void close() {
        wire.close();
    }
}
