package org.entente.client.cli.certificate;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.client.AgentClient;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.AgentDesk;
import org.entente.client.cli.party.Options;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// `cert batch`: fetches transaction certificates for fresh random keys.
final class CertBatch implements Command {
    private static final int STANDARD = 8;
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.required("--alliance", "ID", "where they are for", AllianceId::fromHex);
    private static final Parameter<Name> CONTRACT =
            Parameter.required("--contract", "C", "the contract's name", Name::new);
    private static final Parameter<List<Name>> FLOWS =
            Parameter.required(
                    "--flows", "a,b", "the flows to ask in", Parameter.separated(Name::new));
    private static final Parameter<Integer> COUNT =
            Parameter.optional("--count", "N", "how many, 8 if not said", CertBatch::count);

    @Override
    public Usage usage() {
        return new Usage(
                "batch",
                "Fetch transaction certificates: fresh keys, certified for 24 hours, that nobody"
                        + " else can link.",
                "DIR/transaction; the organisation's ledger knows whose they are.",
                "entente cert batch --identity app-1 --alliance ID --contract trade --flows orders",
                List.of(
                        Options.IDENTITY,
                        AgentDesk.AGENT,
                        ALLIANCE,
                        CONTRACT,
                        FLOWS,
                        COUNT,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Cryptography cryptography = call.world().cryptography().get();
        IdentityDirectory identity =
                IdentityDirectory.open(call.value(Options.IDENTITY), cryptography);
        TreeMap<VerifyingKey, KeyPair> keys = new TreeMap<>();
        List<SigningRequest> requests = new ArrayList<>();
        for (int index = 0; index < call.value(COUNT, STANDARD); index++) {
            KeyPair fresh = cryptography.freshKey(call.world().random());
            var signer = cryptography.signer(fresh);
            keys.put(signer.key(), fresh);
            requests.add(SigningRequest.anonymous(signer));
        }
        List<Certificate> batch;
        try (AgentClient agent = AgentDesk.open(call, identity)) {
            batch =
                    agent.batch(
                            call.value(ALLIANCE),
                            call.value(CONTRACT),
                            call.value(FLOWS),
                            requests);
        }
        List<Path> files = new ArrayList<>();
        for (Certificate each : batch) {
            KeyPair pair = keys.get(each.key());
            if (pair != null) {
                files.add(TransactionFolder.write(identity.home(), pair, each));
            }
        }
        return Answer.of(
                files.size()
                        + " transaction certificates until "
                        + batch.getFirst().notAfter()
                        + " in "
                        + identity.home().resolve("transaction"),
                Fields.of("certificates", files).and("notAfter", batch.getFirst().notAfter()));
    }

    private static int count(String text) {
        int count = Integer.parseInt(text);
        if (count < 1 || count > CertificateAuthority.BATCH_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + CertificateAuthority.BATCH_MAX + ", not " + text);
        }
        return count;
    }
}
