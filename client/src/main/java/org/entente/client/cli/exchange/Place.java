package org.entente.client.cli.exchange;

import org.entente.certs.Verifier;
import org.entente.client.Patience;
import org.entente.client.RelayClient;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the commands about exchanges have in common.
final class Place {
    static final Parameter<Digest> EXCHANGE =
            Parameter.argument("EXCHANGE", "the exchange, as it was answered", Digest::fromHex);

    /// Any directory that remembers the relay will do.
    static final List<Parameter<?>> RELAY =
            List.of(
                    Options.ORG.whenNeeded(),
                    Options.IDENTITY.whenNeeded(),
                    Options.RELAY,
                    Options.RELAY_CERTIFICATE);

    private Place() {}

    static RelayClient relay(Call call) throws Unusable {
        return RelayClient.of(
                RelayDesk.place(
                        call, call.optional(Options.ORG).or(() -> call.optional(Options.IDENTITY))),
                Patience.STANDARD,
                call.world().random());
    }

    static Verifier verifier(Call call) {
        return call.world().cryptography().get().verifier();
    }

    static Bytes read(Path file, long sizeMax) throws Unusable {
        try {
            if (Files.size(file) > sizeMax) {
                throw new Unusable(
                        file + " has more than " + sizeMax + " bytes", "Is it the right file?");
            }
            return Bytes.copyOf(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unusable(
                    file + " cannot be read: " + e.getMessage(), "Check the path of the file.");
        }
    }

    static void write(Path file, Bytes content) throws Unusable {
        try {
            Files.write(file, content.toArray());
        } catch (IOException e) {
            throw new Unusable(
                    "cannot write " + file + ": " + e.getMessage(), "Check the path of the file.");
        }
    }
}
