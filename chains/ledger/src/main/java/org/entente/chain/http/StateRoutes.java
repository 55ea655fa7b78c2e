package org.entente.chain.http;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.call.Function;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.Item;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateProof;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the state says of keys and accounts, with proofs, and functions that read it
/// (docs/ledger.md §6.3, §6.4). Every answer is of one block, which it names.
public final class StateRoutes {
    private static final int CALL_SIZE_BYTES_MAX = 4_096;
    private static final int KEY_COUNT_MAX = 256;
    private static final int KEYS_SIZE_BYTES_MAX = 320 * 1024;

    /// What the values of one answer may come to; the first is always there.
    private static final long VALUES_SIZE_BYTES_MAX = 8 << 20;

    private final Served chain;

    public StateRoutes(Served chain) {
        this.chain = chain;
    }

    /// @param version empty: the key was never written
    /// @param value empty: it has none now
    /// @param header the certified header of the block
    record KeyView(
            String namespace,
            Bytes key,
            Optional<Bytes> version,
            long writes,
            Optional<Bytes> value,
            long height,
            Optional<Bytes> header,
            Optional<Bytes> proof) {}

    record AccountView(VerifyingKey key, long nonce, String standing, long height) {}

    /// @param keys each the canonical bytes of a `key`
    record Keys(List<String> keys) {
        Keys {
            keys = List.copyOf(keys);
        }
    }

    /// @param shown of the keys from the first on
    record KeysView(long height, Bytes header, List<Shown> shown) {}

    record Shown(Bytes proof, Optional<Bytes> value) {}

    record Call(String function, String prefix) {}

    record Called(long height, Bytes result, List<ReadView> reads) {}

    record ReadView(Bytes key, Bytes version, Digest value) {
        static ReadView of(Item item) {
            return new ReadView(
                    item.key().key(),
                    item.version().bytes(),
                    Digest.of(item.value().orElse(Bytes.EMPTY)));
        }
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/state", Answers.json(KeyView.class, this::key))
                .post(
                        "/v1/proofs",
                        Limits.standard().bodySizeMax(KEYS_SIZE_BYTES_MAX).mediaTypes(Reply.JSON),
                        Answers.json(KeysView.class, this::proofs))
                .get("/v1/accounts/{key}", Answers.json(AccountView.class, this::account))
                .post(
                        "/v1/calls",
                        Limits.standard().bodySizeMax(CALL_SIZE_BYTES_MAX).mediaTypes(Reply.JSON),
                        Answers.json(Called.class, this::call));
    }

    private Reply key(Request request) {
        String namespace = request.queried("namespace").orElse("");
        Optional<String> contract = request.queried("contract");
        Parsed<StateKey> key =
                Asked.hex(request.queried("key").orElse(""))
                        .then(bytes -> Asked.made(namespace, it -> place(it, contract, bytes)));
        boolean proved = request.queried("proof").orElse("false").equals("true");
        return switch (key) {
            case Parsed.Refused<StateKey>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<StateKey>(StateKey place) ->
                    Reply.json(view(chain.last(), place, proved));
        };
    }

    private static StateKey place(String namespace, Optional<String> contract, Bytes key) {
        if (contract.isPresent()) {
            return StateKey.store(new Name(contract.get()), key);
        }
        return namespace.isEmpty() ? StateKey.own(key) : StateKey.delivered(namespace, key);
    }

    private static KeyView view(Ledger head, StateKey place, boolean proved) {
        Optional<Item> item = head.state().item(place);
        return new KeyView(
                place.namespace(),
                place.key(),
                item.map(it -> it.version().bytes()),
                item.map(Item::writes).orElse(0L),
                item.flatMap(Item::value),
                head.height(),
                proved ? Optional.of(header(head)) : Optional.empty(),
                proved ? Optional.of(proof(head, place)) : Optional.empty());
    }

    private Reply proofs(Request request) {
        return switch (Json.read(request.body(), KEYS_SIZE_BYTES_MAX, Keys.class)
                .then(asked -> keys(asked.keys()))) {
            case Parsed.Refused<List<StateKey>>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<List<StateKey>>(List<StateKey> keys) ->
                    Reply.json(shown(chain.last(), keys));
        };
    }

    private static Parsed<List<StateKey>> keys(List<String> asked) {
        if (asked.isEmpty() || asked.size() > KEY_COUNT_MAX) {
            return Parsed.refused(
                    Fault.INVALID_VALUE,
                    asked.size() + " keys where 1 to " + KEY_COUNT_MAX + " are asked at once");
        }
        List<StateKey> keys = new ArrayList<>();
        for (String each : asked) {
            switch (Asked.hex(each).then(StateKey.FORMAT::decode)) {
                case Parsed.Value<StateKey>(StateKey key) -> keys.add(key);
                case Parsed.Refused<StateKey>(Verdict.Rejected why) -> {
                    return new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(keys);
    }

    private static KeysView shown(Ledger head, List<StateKey> keys) {
        List<Shown> shown = new ArrayList<>();
        long size = 0;
        for (StateKey key : keys) {
            Optional<Bytes> value = head.state().item(key).flatMap(Item::value);
            size += value.map(Bytes::size).orElse(0);
            if (size > VALUES_SIZE_BYTES_MAX && !shown.isEmpty()) {
                break;
            }
            shown.add(new Shown(proof(head, key), value));
        }
        return new KeysView(head.height(), header(head), shown);
    }

    static Bytes header(Ledger head) {
        return CertifiedHeader.FORMAT.encode(head.head());
    }

    static Bytes proof(Ledger head, StateKey place) {
        return StateProof.FORMAT.encode(head.state().prove(place));
    }

    private Reply account(Request request) {
        return switch (Asked.hex(request.parameter("key"))
                .then(bytes -> Asked.made("", _ -> new VerifyingKey(bytes)))) {
            case Parsed.Refused<VerifyingKey>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<VerifyingKey>(VerifyingKey key) -> {
                Ledger head = chain.head();
                yield Account.find(head.state(), key)
                        .map(it ->
                                Reply.json(
                                        new AccountView(
                                                key,
                                                it.nonce(),
                                                it.standing().name(),
                                                head.height())))
                        .orElseGet(
                                () -> Reply.problem(Verdict.rejected(Fault.UNKNOWN_ACCOUNT, key)));
            }
        };
    }

    private Reply call(Request request) {
        Ledger head = chain.last();
        Parsed<Function.Answer> answer =
                Json.read(request.body(), CALL_SIZE_BYTES_MAX, Call.class)
                        .then(call ->
                                Function.named(call.function())
                                        .map(Parsed::of)
                                        .orElseGet(() ->
                                                Parsed.refused(
                                                        Fault.NOT_FOUND,
                                                        "no function " + call.function()))
                                        .then(function ->
                                                Asked.hex(call.prefix())
                                                        .then(it -> called(function, head, it))));
        return switch (answer) {
            case Parsed.Refused<Function.Answer>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Function.Answer>(Function.Answer it) ->
                    Reply.json(
                            new Called(
                                    head.height(),
                                    it.result(),
                                    it.reads().stream().map(ReadView::of).toList()));
        };
    }

    private static Parsed<Function.Answer> called(Function function, Ledger head, Bytes prefix) {
        return prefix.size() > StateKey.KEY_SIZE_BYTES_MAX
                ? Parsed.refused(Fault.TOO_LARGE, "a prefix of " + prefix.size() + " bytes")
                : function.call(head.state(), prefix);
    }
}
