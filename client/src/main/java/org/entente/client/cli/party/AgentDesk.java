package org.entente.client.cli.party;

import org.entente.certs.tls.X509;
import org.entente.client.AgentClient;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Patience;
import org.entente.client.RememberedRelay;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Parameter;
import org.entente.registry.Organisation;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The organisation's agent as a node's commands use it.
public final class AgentDesk {
    public static final Parameter<URI> AGENT =
            Parameter.optional(
                    "--agent", "URL", "the agent, if not the one it enrolled at", URI::create);

    private AgentDesk() {}

    public static AgentClient open(Call call, IdentityDirectory identity) throws Failure {
        Optional<URI> agent = call.optional(AGENT);
        URI address =
                agent.isPresent()
                        ? agent.get()
                        : identity.agent()
                                .orElseThrow(() ->
                                        new Unusable(
                                                "no agent is known here", "Give --agent URL."));
        return AgentClient.of(
                address,
                roots(call, identity),
                Optional.of(identity.tls()),
                call.world().cryptography().get().verifier(),
                Patience.STANDARD,
                call.world().random());
    }

    /// The root it enrolled under and, where the relay is known, every later one that the registry
    /// proves: the agent may stand under a CA that was rotated since.
    private static List<X509Certificate> roots(Call call, IdentityDirectory identity)
            throws Failure {
        List<X509Certificate> roots = new ArrayList<>();
        roots.add(X509.of(identity.chain().getLast()));
        if (call.has(Options.RELAY) || RememberedRelay.in(identity.home()).isPresent()) {
            try (RelayDesk desk = RelayDesk.open(call, identity.home())) {
                Organisation known =
                        desk.registry().organisations().get(identity.node().organisation());
                if (known != null) {
                    known.generations().forEach(each -> roots.add(X509.of(each.root())));
                }
            }
        }
        return roots;
    }
}
