package org.entente.chain.industrial.worker.data;

import org.entente.chain.industrial.vault.Manifest;
import org.entente.chain.industrial.vault.Vault;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

/// Another member's node that keeps the encrypted chunks of ours, and gives them back.
public final class Replica {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final String PATH = "/v1/data/replicas/";
    private static final String NOTHING_MISSING = "";

    private final DataNode node;

    public Replica(DataNode node) {
        this.node = node;
    }

    /// Sends what the other node does not have.
    ///
    /// @return whether it has all of it now
    boolean keep(Vault vault, Manifest manifest) throws InterruptedException {
        try {
            while (true) {
                DataNode.Answer answer =
                        node.ask(
                                "PUT",
                                PATH + manifest.root(),
                                Sorted.empty(),
                                Manifest.FORMAT.encode(manifest));
                if (!answer.isDone()) {
                    LOG.atWarn()
                            .addKeyValue("node", node)
                            .addKeyValue("data", manifest.id())
                            .log("not replicated: " + answer.status());
                    return false;
                }
                String missing = answer.body().asUtf8();
                if (missing.equals(NOTHING_MISSING)) {
                    return true;
                }
                for (String each : missing.split(",", -1)) {
                    if (!send(vault, manifest, Integer.parseInt(each))) {
                        return false;
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.atWarn().addKeyValue("node", node).log("not replicated: " + e);
            return false;
        }
    }

    private boolean send(Vault vault, Manifest manifest, int index)
            throws IOException, InterruptedException {
        return vault.stored(manifest, index) instanceof Parsed.Value<Bytes>(Bytes stored)
                && node.ask("PUT", path(manifest.root(), index), Sorted.empty(), stored).isDone();
    }

    /// What the other node has of a chunk; whether it is the right one its hash says.
    Optional<Bytes> fetch(Digest root, int index) throws InterruptedException {
        try {
            DataNode.Answer answer = node.get(path(root, index), Sorted.empty());
            return answer.isDone() ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("node", node).log("no chunk from a replica: " + e);
            return Optional.empty();
        }
    }

    private static String path(Digest root, int index) {
        return PATH + root + "/chunks/" + index;
    }
}
