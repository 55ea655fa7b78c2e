package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.por.Signers;
import org.entente.chain.por.worker.PorChain;
import org.entente.chain.por.worker.View;
import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// The keys of a running node: each block is signed with the one that its branch names; peers and
/// clients are shown one, which the next one replaces when final rules name that
/// (docs/chains/por.md §8).
final class Keyring implements Signers {
    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path directory;
    private final ChainId chain;
    private final Rsa rsa;
    private final VerifyingKey account;
    private final ConcurrentSkipListMap<NodeKey, NodeSigner> held = new ConcurrentSkipListMap<>();
    private KeyFile shown;
    private Optional<KeyFile> next = Optional.empty();

    /// The file of the next key as it was read last.
    private Optional<FileTime> read = Optional.empty();

    private String complained = "";

    Keyring(Path directory, ChainId chain, NodeKeys keys, Cryptography cryptography) {
        this.directory = directory;
        this.chain = chain;
        this.rsa = Rsa.of(cryptography);
        this.account = keys.transactions(cryptography).key();
        this.shown = keys.node();
        hold(keys.node());
    }

    /// Any thread may ask.
    @Override
    public Optional<NodeSigner> of(NodeKey key) {
        return Optional.ofNullable(held.get(key));
    }

    /// What peers and clients are shown; of the thread that looks.
    KeyFile shown() {
        return shown;
    }

    /// Looks whenever the branch moves, until the chain is closed.
    ///
    /// @param replaced is told which key is shown from now on
    void follow(PorChain followed, Consumer<KeyFile> replaced) {
        try {
            while (!followed.isClosed()) {
                if (look(followed.view())) {
                    replaced.accept(shown);
                }
                awaitMove(followed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitMove(PorChain followed) throws InterruptedException {
        try {
            followed.moves().await(followed.moves().next(), LOOK_EVERY);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("many moves at once");
        }
    }

    boolean look(View now) {
        return look(now.last().link().rules(), now.head().link().rules());
    }

    /// Takes notice of a next key, and lets it replace the one before when that is final.
    ///
    /// @param last the rules behind the newest final block
    /// @param head those behind the newest block
    /// @return whether another key is shown from now on
    boolean look(Rules last, Rules head) {
        try {
            notice();
            head.member(account).ifPresent(this::miss);
            Optional<Member> self = last.member(account);
            if (self.isPresent() && next.map(this::key).equals(self.map(Member::key))) {
                replace(self.get(), next.orElseThrow());
                return true;
            }
        } catch (IOException | KeyFileUnusable e) {
            complain("the node's next key cannot be used: " + e.getMessage());
        }
        return false;
    }

    private void notice() throws IOException, KeyFileUnusable {
        Optional<FileTime> made = NodeKeys.nextMade(directory);
        if (!made.equals(read)) {
            read = made;
            next = NodeKeys.next(directory);
            next.ifPresent(this::hold);
        }
    }

    private void hold(KeyFile file) {
        NodeSigner signer = rsa.signer(file.keys());
        held.put(signer.key(), signer);
        LOG.atInfo().addKeyValue("key", signer.key()).log("a node's key is held");
    }

    private NodeKey key(KeyFile file) {
        return rsa.signer(file.keys()).key();
    }

    /// Everything is done once more when it ends in between: what tells of it goes last.
    private void replace(Member self, KeyFile by) throws IOException, KeyFileUnusable {
        NodeSigner signer = rsa.signer(by.keys());
        if (Files.exists(Founding.file(directory))) {
            Founding.write(
                    directory,
                    Founding.member(chain, account, signer, self.name(), self.host(), self.port()));
        }
        NodeKeys.replace(directory, by);
        shown = by;
        next = Optional.empty();
        read = Optional.empty();
        held.keySet().removeIf(each -> !each.equals(signer.key()));
        LOG.atInfo()
                .addKeyValue("key", signer.key())
                .log("the node's key is another one; the one before is deleted");
    }

    private void miss(Member self) {
        if (!held.containsKey(self.key())) {
            complain(
                    "NO KEY: the chain names for this member the node's key "
                            + self.key()
                            + ", which is not in "
                            + directory
                            + ": no blocks are made");
        }
    }

    /// Once, however often it is looked.
    private void complain(String what) {
        if (!what.equals(complained)) {
            complained = what;
            LOG.error(what);
        }
    }
}
