package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.por.Change;
import org.entente.chain.por.Words;
import org.entente.light.NodeSigner;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a member does about its chain by hand, through its own node and with its own keys.
final class Governing implements AutoCloseable {
    private static final Duration VALIDITY = Duration.ofDays(1);

    private final PorConfiguration configuration;
    private final Cryptography cryptography = Cryptography.fastest();
    private final NodeKeys keys;
    private final NodeApi api;

    Governing(PorConfiguration configuration) throws IOException, KeyFileUnusable, StartRefused {
        this.configuration = configuration;
        if (!NodeKeys.areIn(configuration.directory())) {
            throw new StartRefused(
                    ExitCode.USAGE, configuration.directory() + " has no keys of a member");
        }
        this.keys = NodeKeys.read(configuration.directory());
        this.api = NodeApi.of(configuration, keys);
    }

    String run(Options options) throws IOException, InterruptedException, StartRefused {
        List<String> words = options.rest();
        return switch (words.getFirst()) {
            case "members" -> members();
            case "proposal" -> proposal();
            case "vote" -> vote(words.subList(1, words.size()));
            default -> propose(words.subList(1, words.size()), options);
        };
    }

    private String members() throws IOException, InterruptedException, StartRefused {
        JsonNode found = api.get("/v1/por/members");
        List<String> lines = new ArrayList<>();
        lines.add(
                "block %s, Max %s, Min %s, rules %s"
                        .formatted(
                                found.path("height").asString(),
                                found.path("max").asString(),
                                found.path("min").asString(),
                                found.path("rules").asString()));
        for (JsonNode each : found.path("members")) {
            lines.add(
                    "%-20s %s:%s  last block %s  tries for the next %s  account %s"
                            .formatted(
                                    each.path("name").asString(),
                                    each.path("host").asString(),
                                    each.path("port").asString(),
                                    each.path("made").asString(),
                                    each.path("hashes").asString(),
                                    each.path("account").asString()));
        }
        return String.join("\n", lines);
    }

    private String proposal() throws IOException, InterruptedException, StartRefused {
        JsonNode found = api.get("/v1/por/proposal");
        return "%s  %s  %s agree, until %s\nproposal %s"
                .formatted(
                        found.path("stage").asString(),
                        found.path("change").asString(),
                        found.path("yes").size(),
                        found.path("until").asString(),
                        found.path("id").asString());
    }

    private String vote(List<String> words) throws IOException, InterruptedException, StartRefused {
        if (words.isEmpty()
                || words.size() > 2
                || !List.of("yes", "no").contains(words.getFirst())) {
            throw Options.usage("vote yes or no, and on which proposal if not on the open one");
        }
        String id =
                words.size() == 2
                        ? words.get(1)
                        : api.get("/v1/por/proposal").path("id").asString();
        Digest proposal = Options.made("PROPOSAL", id, text -> new Digest(Bytes.fromHex(text)));
        send(new Words.Vote(proposal, words.getFirst().equals("yes")));
        return proposal();
    }

    private String propose(List<String> words, Options options)
            throws IOException, InterruptedException, StartRefused {
        Duration validity = VALIDITY;
        if (options.has("--validity")) {
            validity = Options.made("--validity", options.one("--validity"), Governing::duration);
        }
        Words.Propose proposal = new Words.Propose(change(words), validity);
        send(proposal);
        return proposal() + "\nnext: each other member: entente chain por vote --config FILE yes";
    }

    private static Duration duration(String text) {
        return Duration.parse((text.endsWith("d") ? "P" : "PT") + text);
    }

    private Change change(List<String> words)
            throws IOException, InterruptedException, StartRefused {
        String first = words.isEmpty() ? "" : words.getFirst();
        int count = words.size() - 1;
        if (first.equals("add") && count == 1) {
            return Founding.member(Path.of(words.get(1)));
        }
        if (first.equals("remove") && count == 1) {
            return new Change.Remove(account(words.get(1)));
        }
        if (first.equals("move") && count == 1) {
            String at = words.get(1);
            int colon = at.lastIndexOf(':');
            NodeSigner node = keys.blocks(cryptography);
            VerifyingKey account = keys.transactions(cryptography).key();
            Bytes consent = node.sign(Member.consent(configuration.chain(), account, node.key()));
            return Options.made(
                    "HOST:PORT",
                    at,
                    _ ->
                            new Change.Update(
                                    account,
                                    node.key(),
                                    at.substring(0, Math.max(0, colon)),
                                    Integer.parseInt(at.substring(colon + 1)),
                                    consent,
                                    Bytes.EMPTY));
        }
        if (first.equals("retune") && count == 2) {
            return new Change.Retune(
                    new Parameters(
                            Options.made("MAX", words.get(1), Main::scaled),
                            Options.made("MIN", words.get(2), Main::scaled),
                            Parameters.Nearest.ONE_STEP_BELOW_MAX));
        }
        throw Options.usage("propose add FILE, remove NAME, move HOST:PORT or retune MAX MIN");
    }

    private VerifyingKey account(String name)
            throws IOException, InterruptedException, StartRefused {
        for (JsonNode each : api.get("/v1/por/members").path("members")) {
            if (each.path("name").asString().equals(name)) {
                return new VerifyingKey(Bytes.fromHex(each.path("account").asString()));
            }
        }
        throw new StartRefused(ExitCode.USAGE, "no member is named " + name);
    }

    private void send(Words words) throws IOException, InterruptedException, StartRefused {
        Signer account = keys.transactions(cryptography);
        long nonce = api.get("/v1/accounts/" + account.key()).path("nonce").asLong();
        Transaction transaction =
                new Transaction(
                        configuration.chain(),
                        account.key(),
                        nonce,
                        new Action.Govern(Words.FORMAT.encode(words)));
        api.send(SignedTransaction.by(account, transaction));
    }

    @Override
    public void close() {
        api.close();
    }
}
