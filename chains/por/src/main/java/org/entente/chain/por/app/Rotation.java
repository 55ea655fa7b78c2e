package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.por.Change;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.light.por.Member;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Another key for this member's node. What stands is on the chain and in the node's directory, so
/// the command given again goes on where it was ended.
///
/// `nothing → a next key lies beside the node's → OPEN (members vote) → AGREED → ` the node
/// replaces its key. A proposal that ends otherwise leads back to the second, and its next key is
/// used again.
final class Rotation {
    private final PorConfiguration configuration;
    private final Cryptography cryptography;
    private final VerifyingKey account;
    private final NodeSigner node;

    /// How far it is.
    enum Stage {
        /// It has to be proposed.
        BEGUN,
        /// Members are voting on it.
        OPEN,
        /// The newest block's rules name the next key.
        AGREED
    }

    Rotation(PorConfiguration configuration, Cryptography cryptography, NodeKeys keys) {
        this.configuration = configuration;
        this.cryptography = cryptography;
        this.account = keys.transactions(cryptography).key();
        this.node = keys.blocks(cryptography);
    }

    /// @param self this member, as the node shows it
    /// @param proposal the newest, likewise
    Stage stage(JsonNode self, Optional<JsonNode> proposal)
            throws IOException, KeyFileUnusable, StartRefused {
        Optional<String> next = NodeKeys.next(configuration.directory()).map(this::key);
        String named = self.path("key").asString();
        if (next.isPresent() && next.get().equals(named)) {
            return Stage.AGREED;
        }
        if (!node.key().toString().equals(named)) {
            throw new StartRefused(
                    ExitCode.FAILED,
                    "the chain names the node's key "
                            + named
                            + " for this member, which is not in "
                            + configuration.directory()
                            + "\nnext: bring it back from a copy, or have the others remove this"
                            + " member and add it with new keys");
        }
        Optional<JsonNode> open = proposal.filter(it -> it.path("stage").asString().equals("OPEN"));
        if (open.isEmpty()) {
            return Stage.BEGUN;
        }
        if (next.isPresent() && open.get().path("key").asString("").equals(next.get())) {
            return Stage.OPEN;
        }
        throw new StartRefused(
                ExitCode.FAILED,
                "members are voting on something else: %s, until %s\nnext: entente chain por rotate once that has ended"
                        .formatted(
                                open.get().path("change").asString(),
                                open.get().path("until").asString()));
    }

    /// Of a proposal of it.
    static Stage stage(String proposal) {
        return switch (proposal) {
            case "OPEN" -> Stage.OPEN;
            case "EXECUTED" -> Stage.AGREED;
            default -> Stage.BEGUN;
        };
    }

    /// What all have to agree to: the next key consents, the one before hands over.
    Change.Update change(JsonNode self, Instant now) throws IOException, KeyFileUnusable {
        NodeSigner next =
                Rsa.of(cryptography)
                        .signer(
                                NodeKeys.next(
                                                configuration.directory(),
                                                configuration.serving().hosts(),
                                                cryptography,
                                                now)
                                        .keys());
        Bytes consent = Member.consent(configuration.chain(), account, next.key());
        return new Change.Update(
                account,
                next.key(),
                self.path("host").asString(),
                self.path("port").asInt(),
                next.sign(consent),
                node.sign(consent));
    }

    private String key(KeyFile file) {
        return Rsa.of(cryptography).signer(file.keys()).key().toString();
    }
}
