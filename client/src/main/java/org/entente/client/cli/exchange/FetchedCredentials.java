package org.entente.client.cli.exchange;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.SigningRequest;
import org.entente.client.AgentClient;
import org.entente.client.Credential;
import org.entente.client.Credentials;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.party.AgentDesk;
import org.entente.protocol.VerifyingKey;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A directory's transaction certificates; when none fits, a further batch of them is fetched from
/// the organisation's agent, where one is known.
final class FetchedCredentials implements Credentials {
    private static final int BATCH = 8;

    private final Call call;
    private final IdentityDirectory identity;
    private final Cryptography cryptography;
    private final TransactionFolder folder;

    FetchedCredentials(Call call, IdentityDirectory identity) {
        this.call = call;
        this.identity = identity;
        this.cryptography = call.world().cryptography().get();
        this.folder = new TransactionFolder(identity.home(), cryptography);
    }

    @Override
    public Optional<Credential> take(Need need) throws Failure {
        Optional<Credential> found = folder.take(need);
        boolean agent = call.has(AgentDesk.AGENT) || identity.agent().isPresent();
        if (found.isPresent() || !agent) {
            return found;
        }
        call.progress().say("fetching transaction certificates");
        fetch(need);
        return folder.take(need);
    }

    private void fetch(Need need) throws Failure {
        TreeMap<VerifyingKey, KeyPair> keys = new TreeMap<>();
        List<SigningRequest> requests = new ArrayList<>();
        for (int index = 0; index < BATCH; index++) {
            KeyPair fresh = cryptography.freshKey(call.world().random());
            var signer = cryptography.signer(fresh);
            keys.put(signer.key(), fresh);
            requests.add(SigningRequest.anonymous(signer));
        }
        try (AgentClient agent = AgentDesk.open(call, identity)) {
            List<Certificate> batch =
                    agent.batch(
                            need.alliance(),
                            need.flow().contract(),
                            List.of(need.flow().flow()),
                            requests);
            for (Certificate each : batch) {
                KeyPair pair = keys.get(each.key());
                if (pair != null) {
                    TransactionFolder.write(identity.home(), pair, each);
                }
            }
        }
    }
}
