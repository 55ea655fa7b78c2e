package org.entente.relay.worker;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.relay.DeskRules;
import org.entente.relay.Effect;
import org.entente.relay.journal.Payloads;
import org.entente.runtime.Clock;

import java.nio.file.Path;
import java.util.function.Consumer;

/// What all desks of a relay work with.
///
/// @param folder the relay's own: `seals/` and `convictions/` are below it
/// @param signer the relay's key
/// @param counts told of every decision, for the operator's numbers
/// @param whenFailed told when a desk cannot go on: the process must stop
public record DeskSurroundings(
        Path folder,
        Signer signer,
        Verifier verifier,
        DeskRules rules,
        Payloads payloads,
        Lines lines,
        Watchers watchers,
        Clock clock,
        Consumer<Effect.Tell> counts,
        Consumer<Throwable> whenFailed) {}
