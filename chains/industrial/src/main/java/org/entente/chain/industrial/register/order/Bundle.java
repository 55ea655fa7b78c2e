package org.entente.chain.industrial.register.order;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// All that a chain has of an order, with proofs under one header; whoever has the header's rules
/// needs nothing else to verify it (docs/chains/industrial-registers.md §5.4).
///
/// @param header of the block that it is of
/// @param shown the order's head, its steps, the newest looks into it, in this order
/// @param by whose node made it
public record Bundle(
        Digest order,
        CertifiedHeader header,
        List<Shown> shown,
        VerifyingKey by,
        Signature signature) {
    public static final int AUDIT_COUNT_MAX = 64;
    private static final int SHOWN_COUNT_MAX = 1 + Order.STEP_COUNT_MAX + AUDIT_COUNT_MAX;
    public static final Format<Bundle> FORMAT =
            new Format<>(RegisterTag.BUNDLE, 2 << 20, Bundle::write, Bundle::read);

    /// What one key has.
    public record Shown(StateProof proof, Bytes value) {
        private static final int VALUE_SIZE_BYTES_MAX = 2_048;

        private static void write(Encoder encoder, Shown shown) {
            encoder.bytes(StateProof.FORMAT.encode(shown.proof)).bytes(shown.value);
        }

        private static Shown read(Decoder decoder) {
            Bytes proof = decoder.bytes(StateProof.FORMAT.sizeMax());
            return new Shown(
                    orThrow(StateProof.FORMAT.decode(proof)), decoder.bytes(VALUE_SIZE_BYTES_MAX));
        }
    }

    /// What a bundle that holds says.
    public record Content(Order order, List<OrderStep> steps, List<OrderAudit> audits) {
        public Content {
            steps = List.copyOf(steps);
            audits = List.copyOf(audits);
        }
    }

    public Bundle {
        shown = List.copyOf(shown);
        if (shown.isEmpty() || shown.size() > SHOWN_COUNT_MAX) {
            throw new IllegalArgumentException("a bundle of " + shown.size());
        }
    }

    /// Of an order that there is.
    public static Parsed<Bundle> of(Digest id, Ledger ledger, Signer node) {
        return new Orders(Records.of(ledger.state()))
                .known(id)
                .map(order ->
                        signed(
                                id,
                                ledger.head(),
                                keys(id, order).stream().map(key -> show(key, ledger)).toList(),
                                node.key(),
                                node));
    }

    /// @param by who is said to sign
    public static Bundle signed(
            Digest id, CertifiedHeader header, List<Shown> shown, VerifyingKey by, Signer signer) {
        return new Bundle(id, header, shown, by, signer.sign(digest(id, header, shown, by)));
    }

    /// Whether it holds as a whole: the header by its chain's rules, the signature, and every step
    /// there is under the header's root, none left out.
    ///
    /// @param certified whether a header is final
    public Parsed<Content> verify(Function<CertifiedHeader, Verdict> certified, Verifier verifier) {
        if (certified.apply(header) instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        if (!verifier.verify(by, digest(order, header, shown, by), signature)) {
            return Parsed.refused(Fault.BAD_SIGNATURE, "the node did not sign the bundle");
        }
        return value(Orders.place(order), shown.getFirst())
                .then(Order.FORMAT::decode)
                .then(head -> {
                    List<StateKey> keys = keys(order, head);
                    return keys.size() == shown.size()
                            ? content(head, keys)
                            : Parsed.refused(
                                    Fault.BAD_PROOF,
                                    shown.size() + " are shown where there are " + keys.size());
                });
    }

    private Parsed<Content> content(Order head, List<StateKey> keys) {
        List<OrderStep> steps = new ArrayList<>();
        List<OrderAudit> audits = new ArrayList<>();
        for (int index = 1; index < keys.size(); index++) {
            Parsed<Bytes> value = value(keys.get(index).key(), shown.get(index));
            Verdict read =
                    index <= head.steps()
                            ? value.then(OrderStep.FORMAT::decode).map(steps::add).verdict()
                            : value.then(OrderAudit.FORMAT::decode).map(audits::add).verdict();
            if (read instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
        }
        return Parsed.of(new Content(head, steps, audits));
    }

    private Parsed<Bytes> value(Bytes key, Shown each) {
        return each.proof()
                .verify(StateKey.store(Orders.REGISTER, key), header.header().stateRoot())
                .then(leaf ->
                        leaf.flatMap(StateLeaf::value).equals(Optional.of(Digest.of(each.value())))
                                ? Parsed.of(each.value())
                                : Parsed.refused(
                                        Fault.BAD_PROOF, "a value is not what its key has"));
    }

    private static List<StateKey> keys(Digest id, Order order) {
        List<Bytes> keys = new ArrayList<>();
        keys.add(Orders.place(id));
        for (int number = 0; number < order.steps(); number++) {
            keys.add(Orders.step(id, number));
        }
        for (int number = Math.max(0, order.audits() - AUDIT_COUNT_MAX);
                number < order.audits();
                number++) {
            keys.add(Orders.audit(id, number));
        }
        return keys.stream().map(key -> StateKey.store(Orders.REGISTER, key)).toList();
    }

    private static Shown show(StateKey key, Ledger ledger) {
        return new Shown(ledger.state().prove(key), ledger.state().value(key).orElseThrow());
    }

    private static <T> T orThrow(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }

    /// What is signed: all of it but the signature.
    private static Digest digest(
            Digest order, CertifiedHeader header, List<Shown> shown, VerifyingKey by) {
        return Said.FORMAT.digest(new Said(order, header, shown, by));
    }

    private record Said(Digest order, CertifiedHeader header, List<Shown> shown, VerifyingKey by) {
        private static final Format<Said> FORMAT =
                new Format<>(RegisterTag.BUNDLE_SAID, 2 << 20, Said::write, Said::read);

        private static void write(Encoder encoder, Said said) {
            encoder.digest(said.order)
                    .bytes(CertifiedHeader.FORMAT.encode(said.header))
                    .list(said.shown, Shown::write)
                    .key(said.by);
        }

        private static Said read(Decoder decoder) {
            return new Said(
                    decoder.digest(),
                    orThrow(
                            CertifiedHeader.FORMAT.decode(
                                    decoder.bytes(CertifiedHeader.FORMAT.sizeMax()))),
                    decoder.list(SHOWN_COUNT_MAX, Shown::read),
                    decoder.key());
        }
    }

    private static void write(Encoder encoder, Bundle bundle) {
        Said.write(encoder, new Said(bundle.order, bundle.header, bundle.shown, bundle.by));
        encoder.signature(bundle.signature);
    }

    private static Bundle read(Decoder decoder) {
        Said said = Said.read(decoder);
        return new Bundle(said.order, said.header, said.shown, said.by, decoder.signature());
    }
}
