package org.entente.agent.app;

import org.entente.adapter.Chain;
import org.entente.adapter.Point;
import org.entente.adapter.own.Verifiers;
import org.entente.adapter.own.http.Node;
import org.entente.adapter.own.http.OwnChain;
import org.entente.adapter.own.http.OwnChainConfiguration;
import org.entente.agent.journal.AgentFiles;
import org.entente.agent.journal.FollowedFile;
import org.entente.agent.journal.JournalUnusable;
import org.entente.agent.worker.ChainAccess;
import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.tls.ClientTls;
import org.entente.protocol.ChainId;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The adapters of the chains that the configuration names.
final class Chains {
    private final Cryptography cryptography;
    private final Verifier verifier;
    private final AgentFiles files;
    private final Shutdown shutdown;

    Chains(Cryptography cryptography, Verifier verifier, AgentFiles files, Shutdown shutdown) {
        this.cryptography = cryptography;
        this.verifier = verifier;
        this.files = files;
        this.shutdown = shutdown;
    }

    /// @param agent whose key is the account of chains that name no other
    ChainAccess open(List<ChainConfiguration> configured, Signer agent)
            throws StartRefused, IOException, JournalUnusable {
        TreeMap<ChainId, Supplier<Chain>> chains = new TreeMap<>();
        for (ChainConfiguration each : configured) {
            OwnChainConfiguration own = configuration(each);
            Signer account = account(each, agent);
            FollowedFile followed = files.followed(each.chain());
            shutdown.closing("followed " + each.chain(), _ -> followed.close());
            chains.put(
                    each.chain(),
                    () ->
                            new OwnChain(
                                    following(own, followed.points()),
                                    account,
                                    Verifiers.of(cryptography, verifier),
                                    followed));
        }
        return new ChainAccess(chains);
    }

    private static OwnChainConfiguration following(
            OwnChainConfiguration own, List<Point> followed) {
        return new OwnChainConfiguration(
                own.chain(),
                own.genesis(),
                own.nodes(),
                own.agreeing(),
                followed,
                own.connectTimeMax(),
                own.answerTimeMax(),
                own.timeMax());
    }

    private static OwnChainConfiguration configuration(ChainConfiguration chain)
            throws StartRefused {
        Optional<ClientTls> tls = Optional.empty();
        if (chain.certificate().isPresent()) {
            tls = Optional.of(ClientTls.pinned(AgentProcess.pinned(chain.certificate().get())));
        }
        try {
            List<Node> nodes = new ArrayList<>();
            for (var address : chain.nodes()) {
                nodes.add(new Node(address, tls));
            }
            OwnChainConfiguration standard =
                    OwnChainConfiguration.standard(chain.chain(), chain.genesis(), nodes);
            return new OwnChainConfiguration(
                    standard.chain(),
                    standard.genesis(),
                    standard.nodes(),
                    chain.agreeing() == 0 ? standard.agreeing() : chain.agreeing(),
                    standard.followed(),
                    standard.connectTimeMax(),
                    standard.answerTimeMax(),
                    standard.timeMax());
        } catch (IllegalArgumentException e) {
            throw new StartRefused(ExitCode.USAGE, chain.chain() + ": " + e.getMessage());
        }
    }

    private Signer account(ChainConfiguration chain, Signer agent) throws StartRefused {
        if (chain.account().isEmpty()) {
            return agent;
        }
        ChainConfiguration.Account account = chain.account().get();
        try {
            return cryptography.signer(
                    KeyFile.read(account.key(), Password.read(account.password())).keys());
        } catch (IOException | KeyFileUnusable e) {
            throw new StartRefused(
                    ExitCode.USAGE, "the account of " + chain.chain() + ": " + e.getMessage());
        }
    }
}
