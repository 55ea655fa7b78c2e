package org.entente.chain.por.app;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.chain.app.NodeApi;
import org.entente.chain.http.Posted;
import org.entente.light.por.Member;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.runtime.StartRefused;
import org.entente.runtime.Threads;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A network with transactions to include, and what its blocks say of it.
public final class Measured implements AutoCloseable {
    private static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(10);
    private static final int SENT_AGAIN_EVERY = 5;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<LocalNode<Member>> nodes;
    private final Signer owner;
    private final ChainId chain;
    private volatile boolean closed;

    public Measured(LocalNetwork<Member> network) {
        this.nodes = network.nodes();
        this.owner = network.owner();
        this.chain = network.chain();
    }

    /// What a network did.
    ///
    /// @param meanInterval seconds between blocks
    /// @param jain how evenly members make blocks: 1 is perfectly
    /// @param inARowMax blocks by one member
    /// @param staleShare of all blocks that held, those that are not of the chain; the mean of the
    ///   nodes
    /// @param rootsEqual whether all nodes have one state at each height
    record Report(
            int nodes,
            long blocks,
            double seconds,
            double meanInterval,
            double jain,
            int inARowMax,
            double staleShare,
            boolean rootsEqual,
            long transactions,
            Map<String, Long> shares,
            List<String> nodeAddresses) {
        String words() {
            return """
            %d blocks by %d nodes in %.1f s: %.2f s each
            fairness (Jain) %.4f, at most %d in a row, %.2f %% stale, states %s\
            """
                    .formatted(
                            blocks,
                            nodes,
                            seconds,
                            meanInterval,
                            jain,
                            inARowMax,
                            staleShare * 100,
                            rootsEqual ? "equal" : "DIFFER");
        }
    }

    /// Sends a transaction now and then, to each node in turn.
    public void load(Duration every) {
        Threads.start("load", () -> load(every.toMillis()));
    }

    private void load(long everyMillis) {
        try {
            for (long nonce = first(); !closed; nonce++) {
                LocalNode<Member> node = nodes.get((int) (nonce % nodes.size()));
                send(node, nonce);
                if (nonce % SENT_AGAIN_EVERY == 0) {
                    sendAgain(node, nonce);
                }
                Thread.sleep(everyMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is next for the account: a network that was there before has some of its transactions.
    private long first() throws InterruptedException {
        try {
            return nonce(nodes.getFirst());
        } catch (IOException | StartRefused e) {
            unanswered(nodes.getFirst(), e);
            return 0;
        }
    }

    private long nonce(LocalNode<Member> node)
            throws IOException, InterruptedException, StartRefused {
        return get(node, "/v1/accounts/" + owner.key()).path("nonce").asLong();
    }

    /// What a node had alone when it was killed is gone, and all behind it waits: the account's
    /// next one is sent once more.
    private void sendAgain(LocalNode<Member> node, long sent) throws InterruptedException {
        try {
            long next = nonce(node);
            if (next < sent) {
                send(node, next);
            }
        } catch (IOException | StartRefused e) {
            unanswered(node, e);
        }
    }

    private void unanswered(LocalNode<Member> node, Exception why) {
        if (!closed) {
            System.err.println("por: " + node.name() + " does not answer: " + why);
        }
    }

    private void send(LocalNode<Member> node, long nonce) throws InterruptedException {
        Action put =
                new Action.Put(
                        Bytes.utf8("load/" + nonce % 100),
                        Optional.empty(),
                        Bytes.utf8(Long.toString(nonce)));
        Transaction transaction = new Transaction(chain, owner.key(), nonce, put);
        HttpRequest request =
                Posted.request(SignedTransaction.by(owner, transaction))
                        .uri(URI.create(node.api() + Posted.PATH))
                        .timeout(REQUEST_TIME_MAX)
                        .header("prefer", "respond-async")
                        .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            unanswered(node, e);
        }
    }

    /// Waits until so many blocks are final everywhere.
    Report until(long blocks, Consumer<String> progress) throws Exception {
        Instant begun = Instant.now();
        long shown = 0;
        while (true) {
            long last = Long.MAX_VALUE;
            for (LocalNode<Member> node : nodes) {
                last = Math.min(last, get(node, "/v1/status").path("last").path("height").asLong());
            }
            if (last >= blocks) {
                return report(blocks, Duration.between(begun, Instant.now()));
            }
            if (last >= shown + 25) {
                shown = last;
                progress.accept("por: " + last + " of " + blocks + " blocks are final");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private Report report(long blocks, Duration took) throws Exception {
        List<String> creators = new ArrayList<>();
        Instant first = Instant.EPOCH;
        Instant last = Instant.EPOCH;
        long transactions = 0;
        for (long height = 1; height <= blocks; height++) {
            JsonNode header = get(nodes.getFirst(), "/v1/headers/" + height);
            creators.add(header.path("creator").asString());
            transactions += header.path("transactions").asLong();
            last = Instant.parse(header.path("time").asString());
            first = height == 1 ? last : first;
        }
        double interval =
                Duration.between(first, last).toMillis() / 1000.0 / Math.max(1, blocks - 1);
        return new Report(
                nodes.size(),
                blocks,
                took.toMillis() / 1000.0,
                interval,
                jain(shares(creators)),
                inARow(creators),
                stale(blocks),
                areRootsEqual(blocks),
                transactions,
                shares(creators),
                nodes.stream().map(LocalNode::api).toList());
    }

    private Map<String, Long> shares(List<String> creators) {
        Map<String, Long> shares = new TreeMap<>();
        for (LocalNode<Member> node : nodes) {
            String account = node.member().account().toString();
            long made = creators.stream().filter(account::equals).count();
            shares.put(node.name(), made);
        }
        return shares;
    }

    /// (Σx)² ∕ (n Σx²).
    private static double jain(Map<String, Long> shares) {
        double sum = shares.values().stream().mapToDouble(Long::doubleValue).sum();
        double squares = shares.values().stream().mapToDouble(each -> (double) each * each).sum();
        return sum * sum / (shares.size() * squares);
    }

    private static int inARow(List<String> creators) {
        int most = 0;
        int now = 0;
        for (int index = 0; index < creators.size(); index++) {
            boolean same = index > 0 && creators.get(index).equals(creators.get(index - 1));
            now = same ? now + 1 : 1;
            most = Math.max(most, now);
        }
        return most;
    }

    private double stale(long blocks) throws Exception {
        double sum = 0;
        for (LocalNode<Member> node : nodes) {
            double stale = get(node, "/v1/por/network").path("stale").asDouble();
            sum += stale / (blocks + stale);
        }
        return sum / nodes.size();
    }

    private boolean areRootsEqual(long blocks) throws Exception {
        for (long height = 1; height <= blocks; height++) {
            TreeSet<String> digests = new TreeSet<>();
            for (LocalNode<Member> node : nodes) {
                digests.add(get(node, "/v1/headers/" + height).path("stateRoot").asString());
            }
            if (digests.size() != 1) {
                return false;
            }
        }
        return true;
    }

    /// What a node answers.
    public JsonNode get(LocalNode<Member> node, String path)
            throws IOException, InterruptedException, StartRefused {
        return new NodeApi(URI.create(node.api()), client).get(path);
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
