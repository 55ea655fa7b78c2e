package org.entente.launcher.app.solo;

import org.entente.certs.Signer;
import org.entente.certs.tls.X509;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Parameter;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Which node, and whose account: what every command here takes.
public final class NodeOptions {
    public static final Parameter<URI> NODE =
            Parameter.required("--node", "URL", "a node of the chain", URI::create);
    public static final Parameter<Path> CERTIFICATE =
            Parameter.optional(
                    "--node-certificate",
                    "PEM",
                    "the node's certificate, node.pem in its directory; none: plain http",
                    Path::of);
    public static final Parameter<Path> KEY =
            Parameter.required(
                    "--key", "FILE", "the account's key, made by entente solo key", Path::of);

    private NodeOptions() {}

    public static SoloChain chain(Call call) throws Unusable {
        Optional<Path> file = call.optional(CERTIFICATE);
        return new SoloChain(
                List.of(call.value(NODE)),
                file.isPresent() ? Optional.of(certificate(file.get())) : Optional.empty());
    }

    public static Signer account(Call call) throws Unusable {
        return AccountKey.read(call.value(KEY), call.world());
    }

    public static X509Certificate certificate(Path file) throws Unusable {
        try {
            return switch (X509.read(Bytes.copyOf(Files.readAllBytes(file)))) {
                case Parsed.Value<X509Certificate>(var certificate) -> certificate;
                case Parsed.Refused<X509Certificate>(var why) ->
                        throw new Unusable(
                                file + ": " + why.detail(), "Name the node's own node.pem.");
            };
        } catch (IOException e) {
            throw new Unusable("cannot read " + file, "Name the node's own node.pem.");
        }
    }
}
