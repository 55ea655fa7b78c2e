package org.entente.client.cli.organisation;

import org.entente.certs.Certificate;
import org.entente.certs.HostName;
import org.entente.certs.SigningRequest;
import org.entente.certs.tls.X509;
import org.entente.client.AgentClient;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Patience;
import org.entente.client.RememberedRelay;
import org.entente.client.Submitted;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.client.cli.party.Signatory;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.registry.Change;
import org.entente.registry.NodeRole;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// `enroll`: gives a node its identity by EST and, when a relay is named, enters it into the
/// registry.
public final class Enroll implements Command {
    private static final Parameter<URI> AGENT =
            Parameter.required("--agent", "URL", "the organisation's agent", URI::create);
    private static final Parameter<Path> CA =
            Parameter.required("--ca", "PEM", "the organisation's root certificate", Path::of);
    private static final Parameter<String> NODE =
            Parameter.required(
                    "--node",
                    "N",
                    "the node that the token is for: its name, or spiffe://ORG/node/NAME",
                    Enroll::node);
    private static final Parameter<String> TOKEN =
            Parameter.required("--token", "T", "printed by entente org token", Function.identity());
    private static final Parameter<Path> DIRECTORY =
            Parameter.required("--directory", "DIR", "where the identity will lie", Path::of);
    private static final Parameter<List<ChainId>> CHAINS =
            Parameter.optional(
                    "--chains",
                    "c,d",
                    "the chains that the node is on",
                    Parameter.separated(ChainId::new));
    private static final Parameter<List<NodeRole>> ROLES =
            Parameter.optional(
                    "--roles",
                    "r,s",
                    "what it does: host, endorser, sealer, deliverer",
                    Parameter.separated(Enroll::role));

    @Override
    public Usage usage() {
        return new Usage(
                "enroll",
                "Enrol a node: make its key, have the organisation's agent certify it (EST), and"
                        + " enter it into the registry when a relay is named.",
                "makes DIR with key and certificates; uses up the token; with --relay the registry"
                        + " log.",
                "entente enroll --agent https://agent.alpha.example:8444 --ca root.pem --node app-1"
                        + " --token TOKEN --directory app-1",
                List.of(
                        AGENT,
                        CA,
                        NODE,
                        TOKEN,
                        DIRECTORY,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE,
                        CHAINS,
                        ROLES));
    }

    @Override
    public Answer run(Call call) throws Failure {
        var cryptography = call.world().cryptography().get();
        X509Certificate root = RememberedRelay.certificate(call.value(CA));
        NodeId node = node(call.value(NODE), root);
        if (call.has(Options.RELAY)) {
            RelayDesk.place(call, Optional.empty());
        }
        Path home = call.value(DIRECTORY);
        if (!(IdentityDirectory.isComplete(home) && call.has(Options.RELAY))) {
            enrol(call, node, root, home);
        }
        IdentityDirectory held = IdentityDirectory.open(home, cryptography);
        Fields json =
                Fields.of("node", node)
                        .and("directory", home)
                        .and("certificate", held.certificate().digest())
                        .and("notAfter", held.certificate().notAfter());
        String done = node + " is enrolled until " + held.certificate().notAfter();
        return call.has(Options.RELAY)
                ? registered(call, held, done, json)
                : Answer.of(done, json).next("use it: --identity " + home);
    }

    /// What was interrupted before is taken up: the same key and token give the same certificate.
    private static void enrol(Call call, NodeId node, X509Certificate root, Path home)
            throws Failure {
        var cryptography = call.world().cryptography().get();
        var now = call.world().clock().instant();
        IdentityDirectory identity =
                IdentityDirectory.forEnrolment(home, cryptography, call.world().random(), now);
        SigningRequest request =
                SigningRequest.forNode(node, Sorted.copyOf(List.<HostName>of()), identity.signer());
        try (AgentClient agent =
                AgentClient.of(
                        call.value(AGENT),
                        List.of(root),
                        Optional.empty(),
                        cryptography.verifier(),
                        Patience.STANDARD,
                        call.world().random())) {
            AgentClient.Enrolled enrolled = agent.enrol(node, call.value(TOKEN), request, now);
            identity.hold(enrolled.certificate(), enrolled.issuer(), call.value(AGENT));
        }
    }

    private static Answer registered(
            Call call, IdentityDirectory identity, String done, Fields json) throws Failure {
        RememberedRelay.remember(RelayDesk.place(call, Optional.empty()), identity.home());
        try (RelayDesk desk = RelayDesk.open(call, identity.home())) {
            Change change =
                    new Change.NodeAdded(
                            identity.certificate().der(),
                            Sorted.copyOf(call.value(CHAINS, List.of())),
                            Sorted.copyOf(call.value(ROLES, List.of())));
            Submitted submitted = desk.submit(Signatory.of(identity).sign(change));
            return desk.logged(done + " and registered", submitted, json)
                    .next("file what it offers or wants: entente require");
        }
    }

    private static String node(String text) {
        if (text.startsWith("spiffe://")) {
            return NodeId.parse(text).uri();
        }
        return new Name(text).text();
    }

    /// The root certificate says which organisation a bare name belongs to.
    private static NodeId node(String text, X509Certificate root) throws Unusable {
        if (text.startsWith("spiffe://")) {
            return NodeId.parse(text);
        }
        return switch (X509.ours(root)) {
            case Parsed.Value<Certificate>(Certificate certificate) ->
                    new NodeId(certificate.organisation(), new Name(text));
            case Parsed.Refused<Certificate>(var why) ->
                    throw new Unusable(
                            "--ca is no organisation's root certificate: " + why.detail(),
                            "Name generation-N/root/certificate.pem of the organisation's"
                                    + " directory.");
        };
    }

    static NodeRole role(String text) {
        try {
            return NodeRole.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a role is host, endorser, sealer or deliverer, not '" + text + "'", e);
        }
    }
}
