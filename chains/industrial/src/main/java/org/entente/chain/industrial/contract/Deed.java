package org.entente.chain.industrial.contract;

import org.entente.chain.contract.Call;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What an account tells a contract: the arguments of a call, whose method is named like it.
public interface Deed {
    /// What one check of a signature counts of what a block may spend (docs/ledger.md §12.5).
    long VERIFY_STEPS = 100_000;

    String method();

    /// What a call tells.
    ///
    /// @param methods that the contract has
    static <D extends Deed> Parsed<D> told(Call call, Format<D> format, List<String> methods) {
        if (!methods.contains(call.method())) {
            return call.unknownMethod();
        }
        return format.decode(call.arguments())
                .then(deed ->
                        deed.method().equals(call.method())
                                ? Parsed.of(deed)
                                : Parsed.refused(
                                        Fault.INVALID_VALUE,
                                        "the method "
                                                + call.method()
                                                + " with the arguments of "
                                                + deed.method()));
    }

    /// Does what it takes, once all checks hold.
    static Parsed<Bytes> done(Verdict verdict, Runnable effect) {
        if (verdict instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        effect.run();
        return Parsed.of(Bytes.EMPTY);
    }
}
