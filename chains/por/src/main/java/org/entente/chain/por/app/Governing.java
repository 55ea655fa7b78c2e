package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.LocalNode;
import org.entente.chain.app.NodeApi;
import org.entente.chain.por.Change;
import org.entente.chain.por.Words;
import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a member does about its chain by hand, through its own node and with its own keys.
public final class Governing implements AutoCloseable {
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final String MEMBERS = "/v1/por/members";
    private static final String PROPOSAL = "/v1/por/proposal";
    private static final String VOTE =
            "\nnext: each other member: entente chain por vote --config FILE yes";

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
        this.api = NodeApi.of(configuration.serving(), keys.node().chain().getFirst());
    }

    /// `entente chain por WORDS` with a node's file.
    public static String by(LocalNode<Member> node, String... words) throws Exception {
        try (Governing governing = new Governing(PorConfiguration.read(node.configuration()))) {
            return governing.run(PorOptions.parse(List.of(words)));
        }
    }

    /// What a command says: to a person, or as JSON.
    private record Said(String words, Object json) {}

    String run(PorOptions options)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        try {
            Said said = said(options);
            return options.has("--json") ? Json.write(said.json()).asUtf8() : said.words();
        } catch (ConnectException e) {
            throw new StartRefused(
                    ExitCode.FAILED,
                    "this member's node does not answer at "
                            + configuration.serving().http().listen()
                            + "\nnext: start it: entente chain por --config FILE");
        }
    }

    private Said said(PorOptions options)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        List<String> words = options.rest();
        List<String> more = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "members" -> members();
            case "proposal" -> proposal();
            case "vote" -> vote(more);
            case "rotate" -> rotate(more, options);
            default -> propose(more, options);
        };
    }

    private Said members() throws IOException, InterruptedException, StartRefused {
        JsonNode found = api.get(MEMBERS);
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
        return new Said(String.join("\n", lines), found);
    }

    private Said proposal() throws IOException, InterruptedException, StartRefused {
        JsonNode found = api.get(PROPOSAL);
        String words =
                "%s  %s  %s agree, until %s\nproposal %s"
                        .formatted(
                                found.path("stage").asString(),
                                found.path("change").asString(),
                                found.path("yes").size(),
                                found.path("until").asString(),
                                found.path("id").asString());
        return new Said(words, found);
    }

    private Said vote(List<String> words) throws IOException, InterruptedException, StartRefused {
        if (words.isEmpty()
                || words.size() > 2
                || !List.of("yes", "no").contains(words.getFirst())) {
            throw PorOptions.usage("vote yes or no, and on which proposal if not on the open one");
        }
        String id = words.size() == 2 ? words.get(1) : api.get(PROPOSAL).path("id").asString();
        Digest proposal = PorOptions.made("PROPOSAL", id, text -> new Digest(Bytes.fromHex(text)));
        send(new Words.Vote(proposal, words.getFirst().equals("yes")));
        return proposal();
    }

    private Said propose(List<String> words, PorOptions options)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        send(new Words.Propose(change(words), validity(options)));
        Said open = proposal();
        return new Said(open.words() + VOTE, open.json());
    }

    private static Duration validity(PorOptions options) throws StartRefused {
        return options.has("--validity")
                ? PorOptions.made("--validity", options.one("--validity"), Governing::duration)
                : VALIDITY;
    }

    private Said rotate(List<String> words, PorOptions options)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        if (!words.isEmpty()) {
            throw PorOptions.usage("rotate makes the key itself");
        }
        Duration validity = validity(options);
        Rotation rotation = new Rotation(configuration, cryptography, keys);
        JsonNode self = self();
        Rotation.Stage stage = rotation.stage(self, api.find(PROPOSAL));
        if (stage == Rotation.Stage.BEGUN) {
            Instant now = Clock.system().instant();
            send(new Words.Propose(rotation.change(self, now), validity));
            stage = Rotation.stage(api.get(PROPOSAL).path("stage").asString());
        }
        Said proposal = proposal();
        String next =
                switch (stage) {
                    case BEGUN -> "\nnext: entente chain por rotate proposes the same key again";
                    case OPEN -> VOTE;
                    case AGREED ->
                            "\nnext: nothing; the node replaces its key when the block is final";
                };
        return new Said(proposal.words() + next, new Rotated(stage.name(), proposal.json()));
    }

    /// @param stage OPEN, AGREED; BEGUN: the proposal has ended already
    private record Rotated(String stage, Object proposal) {}

    /// This member, as its node shows it.
    private JsonNode self() throws IOException, InterruptedException, StartRefused {
        String account = keys.transactions(cryptography).key().toString();
        return member("account", account)
                .orElseThrow(() -> new StartRefused(ExitCode.FAILED, "this account is no member"));
    }

    private Optional<JsonNode> member(String field, String value)
            throws IOException, InterruptedException, StartRefused {
        for (JsonNode each : api.get(MEMBERS).path("members")) {
            if (each.path(field).asString().equals(value)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Duration duration(String text) {
        return Duration.parse((text.endsWith("d") ? "P" : "PT") + text);
    }

    private Change change(List<String> words)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        String first = words.isEmpty() ? "" : words.getFirst();
        int count = words.size() - 1;
        if (first.equals("add") && count == 1) {
            return Founding.member(Path.of(words.get(1)));
        }
        if (first.equals("remove") && count == 1) {
            return new Change.Remove(account(words.get(1)));
        }
        if (first.equals("move") && count == 1) {
            return moved(words.get(1));
        }
        if (first.equals("retune") && count == 2) {
            return new Change.Retune(
                    new Parameters(
                            PorOptions.made("MAX", words.get(1), Main::scaled),
                            PorOptions.made("MIN", words.get(2), Main::scaled),
                            Parameters.Nearest.ONE_STEP_BELOW_MAX));
        }
        throw PorOptions.usage("propose add FILE, remove NAME, move HOST:PORT or retune MAX MIN");
    }

    /// The node's key stays; while it is being replaced that is the one that the chain names.
    private Change.Update moved(String at)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        NodeSigner node = keys.blocks(cryptography);
        Optional<KeyFile> next = NodeKeys.next(configuration.directory());
        if (next.isPresent() && !self().path("key").asString().equals(node.key().toString())) {
            node = Rsa.of(cryptography).signer(next.get().keys());
        }
        NodeKey key = node.key();
        VerifyingKey account = keys.transactions(cryptography).key();
        Bytes consent = node.sign(Member.consent(configuration.chain(), account, key));
        int colon = at.lastIndexOf(':');
        return PorOptions.made(
                "HOST:PORT",
                at,
                _ ->
                        new Change.Update(
                                account,
                                key,
                                at.substring(0, Math.max(0, colon)),
                                Integer.parseInt(at.substring(colon + 1)),
                                consent,
                                Bytes.EMPTY));
    }

    private VerifyingKey account(String name)
            throws IOException, InterruptedException, StartRefused {
        JsonNode found =
                member("name", name)
                        .orElseThrow(() ->
                                new StartRefused(ExitCode.USAGE, "no member is named " + name));
        return new VerifyingKey(Bytes.fromHex(found.path("account").asString()));
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
