package org.entente.launcher.app.demo;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.client.Asking;
import org.entente.client.ExchangeStatus;
import org.entente.client.Exchanges;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Patience;
import org.entente.client.Plan;
import org.entente.client.Receipts;
import org.entente.client.RelayPlace;
import org.entente.client.RememberedRelay;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.World;
import org.entente.launcher.app.solo.AccountKey;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.registry.contract.FlowName;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The founded alliance as its applications and its chains' owners use it.
public final class Town implements AutoCloseable {
    private static final Name CONTRACT = new Name("trade");

    private final Ground ground;
    private final AllianceId alliance;
    private final RelayPlace relay;
    private final TreeMap<Market, Exchanges> applications = new TreeMap<>();
    private final TreeMap<Market, SoloChain> chains = new TreeMap<>();
    private final TreeMap<Market, Signer> owners = new TreeMap<>();

    public Town(Ground ground, World world) throws Failure, IOException {
        this.ground = ground;
        this.alliance = AllianceId.fromHex(ground.alliance());
        this.relay =
                RememberedRelay.place(ground.relay(), ground.path("relay").resolve("relay.pem"));
        Cryptography cryptography = world.cryptography().get();
        for (Market market : Market.values()) {
            applications.put(
                    market,
                    new Exchanges(
                            relay,
                            Patience.STANDARD,
                            new TransactionFolder(Founding.requester(ground, market), cryptography),
                            cryptography.verifier(),
                            world.clock(),
                            world.random()));
            chains.put(market, new SoloChain(ground.addresses(market), Optional.empty()));
            owners.put(market, AccountKey.read(Founding.ownerKey(ground, market), world));
        }
    }

    public AllianceId alliance() {
        return alliance;
    }

    public RelayPlace relay() {
        return relay;
    }

    /// Where a chain's node answers.
    public URI node(Market market) {
        return ground.node(market);
    }

    /// The address of a chain's inbox contract.
    public String inbox(Market market) {
        return ground.inbox(market);
    }

    /// Writes a value of the chain's own.
    public void put(Market market, String key, String value) throws Failure {
        send(market, new Action.Put(Bytes.utf8(key), Optional.empty(), Bytes.utf8(value)));
    }

    /// By the chain's owner.
    void send(Market market, Action action) throws Failure {
        chain(market).send(owner(market), action);
    }

    /// What was delivered under a key.
    public Optional<String> delivered(Market market, String key) throws Failure {
        return chain(market)
                .value(Bytes.utf8(key), Optional.of(inbox(market)))
                .value()
                .map(Bytes::asUtf8);
    }

    public Asking copy(Market from, String key, String to) {
        return application(from)
                .asking(
                        alliance,
                        new FlowName(CONTRACT, new Name(from.flow())),
                        Bytes.utf8(
                                "{\"copy\":[{\"from\":\"" + key + "\",\"to\":\"" + to + "\"}]}"));
    }

    public Outcome ask(Market from, Asking asking, Consumer<ExchangeStatus> listener)
            throws Failure {
        return application(from).ask(asking, Plan.STANDARD, listener);
    }

    /// A checked receipt as a file that needs nothing but the alliance's id.
    Path receipt(Market from, Digest exchange, Optional<Integer> attempt, String name)
            throws Failure, IOException {
        Receipts.Checked checked = application(from).receipt(exchange, attempt);
        Path folder = ground.path("receipts");
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".json");
        Files.write(file, checked.portable().write().toArray());
        return file;
    }

    /// Those who ask for what leaves a chain.
    public Exchanges application(Market market) {
        return of(applications, market);
    }

    public SoloChain chain(Market market) {
        return of(chains, market);
    }

    private Signer owner(Market market) {
        return of(owners, market);
    }

    private static <T> T of(Map<Market, T> map, Market market) {
        T value = map.get(market);
        if (value == null) {
            throw new IllegalStateException("nothing for " + market);
        }
        return value;
    }

    @Override
    public void close() {
        applications.values().forEach(Exchanges::close);
        chains.values().forEach(SoloChain::close);
    }
}
