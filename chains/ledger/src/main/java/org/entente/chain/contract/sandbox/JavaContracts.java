package org.entente.chain.contract.sandbox;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Contracts;
import org.entente.chain.contract.Store;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contracts of a chain that takes contracts in Java: those that its nodes are built with, the
/// contract `code`, which brings others, and those that it brought (docs/ledger.md §13).
public final class JavaContracts implements Contracts {
    public static final Name CODE = new Name("code");
    private static final byte NAMED = 'n';
    private static final byte CLASSES = 'c';
    private static final byte ALLOWED = 'a';

    private final VerifyingKey owner;
    private final Contracts builtIn;
    private final Verifier verifier;
    private final Shelf shelf = new Shelf();

    /// @param owner of the chain
    public JavaContracts(VerifyingKey owner, List<Contract> builtIn, Verifier verifier) {
        this.owner = owner;
        List<Contract> all = new ArrayList<>(builtIn);
        all.add(new Bringing());
        this.builtIn = Contracts.of(all);
        this.verifier = verifier;
    }

    @Override
    public Optional<Contract> named(Name name, Reading state) {
        return builtIn.named(name, state)
                .or(() -> deployed(name, state).map(it -> new Brought(name, it.code(), state)));
    }

    /// What was brought under a name.
    public static Optional<Deployed> deployed(Name name, Reading state) {
        return state.value(StateKey.store(CODE, keyOf(name)))
                .map(it -> Deployed.FORMAT.decode(it).orThrow());
    }

    /// Under which key of `code` a name stands.
    public static Bytes keyOf(Name name) {
        return key(NAMED, Bytes.utf8(name.text()));
    }

    private static Bytes key(byte kind, Bytes of) {
        return Bytes.copyOf(new byte[] {kind}).concat(of);
    }

    /// A contract that was brought.
    private final class Brought implements Contract {
        private final Name name;
        private final Digest code;
        private final Reading state;

        private Brought(Name name, Digest code, Reading state) {
            this.name = name;
            this.code = code;
            this.state = state;
        }

        @Override
        public Name name() {
            return name;
        }

        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            return shelf.machine(
                            code,
                            () ->
                                    state.value(StateKey.store(CODE, key(CLASSES, code.bytes())))
                                            .orElseThrow())
                    .then(machine -> machine.run(call, store, verifier));
        }
    }

    /// The contract `code`.
    private final class Bringing implements Contract {
        @Override
        public Name name() {
            return CODE;
        }

        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            return switch (call.method()) {
                case "deploy" ->
                        Deployment.FORMAT
                                .decode(call.arguments())
                                .then(it -> deploy(it, call.caller(), store));
                case "allow" -> byOwner(call).then(key -> allow(key, store));
                case "forbid" -> byOwner(call).then(key -> forbid(key, store));
                default -> call.unknownMethod();
            };
        }

        private Parsed<Bytes> byOwner(Call call) {
            if (!call.caller().equals(owner)) {
                return Parsed.refused(Fault.NOT_YOURS, "only the chain's owner does this");
            }
            return call.arguments().size() == owner.bytes().size()
                    ? Parsed.of(call.arguments())
                    : Parsed.refused(Fault.INVALID_VALUE, "the argument is an account's key");
        }

        private static Parsed<Bytes> allow(Bytes account, Store store) {
            store.put(key(ALLOWED, account), Bytes.copyOf(new byte[] {1}));
            return Parsed.of(Bytes.EMPTY);
        }

        private static Parsed<Bytes> forbid(Bytes account, Store store) {
            store.delete(key(ALLOWED, account));
            return Parsed.of(Bytes.EMPTY);
        }

        private Parsed<Bytes> deploy(Deployment deployment, VerifyingKey by, Store store) {
            Name name = deployment.contract();
            Digest digest = Digest.of(deployment.code());
            store.spend(Meter.STEPS_MAX);
            if (mayBring(name, by, store) instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            return shelf.machine(digest, deployment::code)
                    .map(_ -> {
                        store.put(key(CLASSES, digest.bytes()), deployment.code());
                        store.put(keyOf(name), Deployed.FORMAT.encode(new Deployed(by, digest)));
                        return digest.bytes();
                    });
        }

        private Verdict mayBring(Name name, VerifyingKey by, Store store) {
            if (!by.equals(owner) && store.get(key(ALLOWED, by.bytes())).isEmpty()) {
                return Verdict.rejected(
                        Fault.NOT_YOURS, "the chain's owner has not allowed this account");
            }
            boolean isBuiltIn =
                    builtIn.named(name, org.entente.chain.state.State.EMPTY).isPresent();
            Optional<Deployed> before =
                    store.get(keyOf(name)).map(it -> Deployed.FORMAT.decode(it).orThrow());
            boolean taken = before.isPresent() && !before.get().owner().equals(by);
            return isBuiltIn || taken
                    ? Verdict.rejected(Fault.ALREADY_EXISTS, name + " is another's contract")
                    : Verdict.accepted();
        }
    }
}
