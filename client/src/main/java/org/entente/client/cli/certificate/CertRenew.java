package org.entente.client.cli.certificate;

import org.entente.certs.HostName;
import org.entente.certs.SigningRequest;
import org.entente.certs.Subject;
import org.entente.client.AgentClient;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.RememberedRelay;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.AgentDesk;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.client.cli.party.Signatory;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Change;
import org.entente.registry.RegisteredNode;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// `cert renew`: another year for a node's certificate. The key stays: epoch records name it.
final class CertRenew implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "renew",
                "Renew a node's identity certificate at its organisation's agent, and in the"
                        + " registry when the relay is known. The key stays the same; for another"
                        + " key, enrol anew.",
                "the files of DIR; the registry log.",
                "entente cert renew --identity app-1",
                List.of(
                        Options.IDENTITY,
                        AgentDesk.AGENT,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        var cryptography = call.world().cryptography().get();
        IdentityDirectory before =
                IdentityDirectory.open(call.value(Options.IDENTITY), cryptography);
        NodeId node = before.node();
        SigningRequest request = SigningRequest.forNode(node, hosts(before), before.signer());
        try (AgentClient agent = AgentDesk.open(call, before)) {
            AgentClient.Enrolled renewed =
                    agent.renew(node, request, call.world().clock().instant());
            Optional<URI> known = before.agent();
            URI address = call.optional(AgentDesk.AGENT).or(() -> known).orElseThrow();
            before.hold(renewed.certificate(), renewed.issuer(), address);
        }
        IdentityDirectory after = IdentityDirectory.open(before.home(), cryptography);
        Fields json =
                Fields.of("node", node)
                        .and("certificate", after.certificate().digest())
                        .and("notAfter", after.certificate().notAfter());
        String done = node + " is renewed until " + after.certificate().notAfter();
        boolean known = call.has(Options.RELAY) || RememberedRelay.in(after.home()).isPresent();
        return known
                ? registered(call, after, done, json)
                : Answer.of(done, json)
                        .next("tell the registry: the same with --relay and --relay-certificate");
    }

    private static SortedSet<HostName> hosts(IdentityDirectory identity) throws Failure {
        return identity.certificate().body().subject() instanceof Subject.Node subject
                ? subject.hosts()
                : Sorted.copyOf(List.<HostName>of());
    }

    private static Answer registered(
            Call call, IdentityDirectory identity, String done, Fields json) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call, identity.home())) {
            RegisteredNode node = desk.registry().nodes().get(identity.node());
            if (node == null) {
                return Answer.of(done + "; the registry does not know the node", json)
                        .next("register it: entente enroll with --relay");
            }
            Change change =
                    new Change.NodeRenewed(
                            identity.certificate().der(),
                            node.chains(),
                            node.roles(),
                            node.renewals());
            Submitted submitted = desk.submit(Signatory.of(identity).sign(change));
            return desk.logged(done, submitted, json);
        }
    }
}
