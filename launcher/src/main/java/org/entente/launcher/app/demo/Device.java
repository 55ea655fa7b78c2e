package org.entente.launcher.app.demo;

import org.entente.client.Failure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The press as a device of an industrial chain's registers: what it is called, whose it is, by
/// which certificate it is believed. By the commands that the chain's owner and the people of its
/// organisation would give (docs/chains/industrial-devices.md).
final class Device {
    static final String IDENTIFIER = "88.118.2023/press-7";

    private static final String NAME = "press-7";
    private static final String PREFIX = IDENTIFIER.substring(0, IDENTIFIER.indexOf('/'));
    private static final String FROM = "2026-01-01T00:00:00Z";
    private static final String TO = "2099-01-01T00:00:00Z";
    private static final String ALERT_SECONDS_MAX = "20";

    private final Ground ground;
    private final Market market;
    private final Terminal terminal;
    private final Processes processes;

    /// @param market whose chain is industrial; the press is its owner's
    Device(Ground ground, Market market, Terminal terminal, Processes processes) {
        this.ground = ground;
        this.market = market;
        this.terminal = terminal;
        this.processes = processes;
    }

    /// The account by which the organisation acts in the registers and carries what the press says:
    /// of its own, since the organisation's agent uses up the numbers of the other.
    static Path gateway(Ground ground, Market market) {
        return ground.path(market.owner().word() + "-gateway.p12");
    }

    /// Where the press has its key. It lies there once the chain believes that key.
    Path identity() {
        return ground.path(market.owner().word() + "-" + NAME);
    }

    Path gateway() {
        return gateway(ground, market);
    }

    Ground ground() {
        return ground;
    }

    /// A node of the chain.
    URI node() {
        return ground.node(market);
    }

    boolean isRegistered() {
        return Files.exists(identity());
    }

    /// The owner enrols the organisation and gives it names; the organisation names the press,
    /// certifies it and lets it be believed. Its agent runs, and nobody else uses the owner's
    /// account.
    void register() throws Failure, IOException, InterruptedException {
        String organisation = market.owner().organisation();
        String account = terminal.run("solo", "key", gateway().toString()).path("key").asString();
        terminal.run(
                "solo", "admit", account, "--key", owner().toString(), "--node", node().toString());
        act(
                owner(),
                "org",
                "enrol",
                organisation,
                "--account",
                account,
                "--authorities",
                authorities().toString());
        act(owner(), "id", "allocate", PREFIX, organisation);
        act(gateway(), "id", "register", IDENTIFIER, "--type", "press");
        act(
                gateway(),
                "device",
                "apply",
                IDENTIFIER,
                "--name",
                "Hydraulic press",
                "--model",
                "CH-21091301",
                "--from",
                FROM,
                "--to",
                TO);
        Path fresh = certified();
        act(gateway(), "device", "activate", IDENTIFIER);
        Files.move(fresh, identity());
    }

    private Path owner() {
        return Founding.ownerKey(ground, market);
    }

    /// The certificates of the organisation's authorities as one file.
    private Path authorities() throws IOException {
        List<String> all = new ArrayList<>();
        for (String each : List.of("root", "enrolment", "transaction")) {
            all.add(
                    Files.readString(
                            ground.path(market.owner().word())
                                    .resolve("generation-1/" + each + "/certificate.pem")));
        }
        Path file = ground.path(market.owner().word() + "-authorities.pem");
        Files.writeString(file, String.join("", all));
        return file;
    }

    /// Makes a key, and tells the chain of its certificate.
    ///
    /// @return where it lies
    private Path certified() throws Failure, IOException, InterruptedException {
        Path fresh = ground.path(market.owner().word() + "-" + NAME + "-fresh");
        String node = command(0, "device", "node", IDENTIFIER).strip();
        new Enrolment(ground, terminal).enrol(market.owner(), node, List.of(), fresh, List.of());
        act(gateway(), "device", "certify", IDENTIFIER, "--certificate", certificate(fresh));
        return fresh;
    }

    private static String certificate(Path directory) {
        return directory.resolve("certificate.pem").toString();
    }

    /// From then on nothing is believed that the key of today signs, whenever it signed it.
    void withdraw(String reason) throws IOException, InterruptedException {
        act(
                gateway(),
                "device",
                "withdraw",
                IDENTIFIER,
                "--certificate",
                certificate(identity()),
                "--reason",
                reason);
    }

    /// Goes on with a new key.
    void replaceKey() throws Failure, IOException, InterruptedException {
        Path fresh = certified();
        Files.move(identity(), ground.path(identity().getFileName() + "-withdrawn"));
        Files.move(fresh, identity());
    }

    /// What another node than that which was asked tells of a refusal, waiting for it.
    String refusals() throws IOException, InterruptedException {
        return command(
                ground.nodes(market).size() - 1,
                "alert",
                "list",
                "--type",
                "DEVICE_REFUSED",
                "--wait",
                ALERT_SECONDS_MAX);
    }

    /// What changes the registers, by an account.
    private void act(Path account, String... words) throws IOException, InterruptedException {
        command(
                0,
                Stream.concat(Stream.of(words), Stream.of("--key", account.toString()))
                        .toArray(String[]::new));
    }

    /// A command of a node's own process.
    ///
    /// @param node from 0
    private String command(int node, String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("chain", Making.INDUSTRIAL.word()));
        line.addAll(List.of(words));
        line.addAll(List.of("--config", ground.nodes(market).get(node) + ".conf"));
        return processes.sideBySide(List.of(line)).getFirst();
    }
}
