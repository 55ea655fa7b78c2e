package org.entente.agent.app;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One chain that the agent sees: lines `chain.N` and `chain.N.….`
///
/// @param genesis the digest of its genesis, as members registered it
/// @param nodes where it is asked
/// @param agreeing how many nodes must say the same; 0: more than half
/// @param certificate whom nodes at https addresses show; empty for http
/// @param account the key file of the deliverer's account; empty: the agent's own key
public record ChainConfiguration(
        ChainId chain,
        Digest genesis,
        List<URI> nodes,
        int agreeing,
        Optional<Path> certificate,
        Optional<Account> account) {
    static final int COUNT_MAX = 16;
    private static final int NODE_COUNT_MAX = 16;
    private static final String NONE = "";
    private static final Path UNSET = Path.of("");

    /// A PKCS#12 file and the file of its password.
    public record Account(Path key, Path password) {}

    public ChainConfiguration {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > NODE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    chain + " needs nodes: 1 to " + NODE_COUNT_MAX + " addresses");
        }
    }

    /// Settings of one number, read when all of the file was.
    record Lines(
            String key,
            Setting<String> chain,
            Setting<String> genesis,
            Setting<List<URI>> nodes,
            Setting<Integer> agreeing,
            Setting<Path> certificate,
            Setting<Path> account,
            Setting<Path> password) {

        static Lines of(Settings settings, int number) {
            String prefix = "chain." + number;
            return new Lines(
                    prefix,
                    settings.text(prefix).orElse(NONE),
                    settings.text(prefix + ".genesis").orElse(NONE),
                    settings.listed(prefix + ".nodes", URI::create).orElse(List.of()),
                    settings.whole(prefix + ".agreeing", 1, NODE_COUNT_MAX).orElse(0),
                    settings.path(prefix + ".certificate").orElse(UNSET),
                    settings.path(prefix + ".account").orElse(UNSET),
                    settings.path(prefix + ".accountPassword").orElse(UNSET));
        }

        Optional<ChainConfiguration> value() {
            if (chain.value().equals(NONE)) {
                if (!genesis.value().equals(NONE) || !nodes.value().isEmpty()) {
                    throw new IllegalArgumentException(key + " is missing: which chain that is");
                }
                return Optional.empty();
            }
            return Optional.of(
                    new ChainConfiguration(
                            new ChainId(chain.value()),
                            Digest.fromHex(genesis.value()),
                            nodes.value(),
                            agreeing.value(),
                            set(certificate.value()),
                            keyFile()));
        }

        private Optional<Account> keyFile() {
            Optional<Path> key = set(account.value());
            Optional<Path> secret = set(password.value());
            if (key.isPresent() != secret.isPresent()) {
                throw new IllegalArgumentException(
                        key + ".account and " + key + ".accountPassword belong together");
            }
            return key.map(file -> new Account(file, secret.orElseThrow()));
        }

        private static Optional<Path> set(Path path) {
            return path.equals(UNSET) ? Optional.empty() : Optional.of(path);
        }
    }
}
