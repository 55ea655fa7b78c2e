package org.entente.chain.industrial.app.register;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.NodeApi;
import org.entente.chain.app.Options;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.OrganisationDeed;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.Subscriptions;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.Orders;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Format;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `entente chain industrial org|id|device|order|alert …`: what members do with registers, by an
/// account of theirs, at their own node.
public final class RegisterCommands {
    /// What the first word is.
    public static final Set<String> NAMES = Set.of("org", "id", "device", "order", "alert");

    public static final String HELP =
            """
            Registers, each with --config FILE, what changes something with --key ACCOUNT, whose
            password is in ACCOUNT.password (docs/chains/industrial-registers.md):
                   org enrol|change DOMAIN --account KEY… [--role member|auditor]
                                           [--authorities PEM]
                   org strike DOMAIN
                   id show ID              id allocate PREFIX DOMAIN [--at URL]
                   id register|describe ID --type T [--endpoint URL]… [--data D] [--hash H]
                                           [--level public|members|granted] [--reader DOMAIN]…
                                           [--version N]
                   id offer ID DOMAIN      id accept ID --version N      id keep|retire ID
                   device list             device show ID
                   device node ID          as what it enrols at its organisation's agent
                   device apply|describe ID --name N --model M [--user U] --from TIME --to TIME
                                           [--silence SECONDS] [--version N]
                   device certify ID --certificate PEM
                   device activate|suspend|revoke ID [--reason R]
                   device withdraw ID DIGEST [--reason R]
                   device withdraw ID --certificate PEM [--reason R]
                   order show ORDER        order bundle ORDER --out FILE
                   order create DOMAIN --arbiter DOMAIN --terms DIGEST [--note N]
                   order accept|deliver|settle|dispute|resolve ORDER [--evidence DIGEST] [--note N]
                   order audit ORDER --purpose P
                   alert list [--after N] [--type T]… [--organisation DOMAIN] [--subject S]
                                           [--level MOST] [--wait SECONDS]
                   alert subscribe [the same, but --after, --wait] [--height H]
                   alert unsubscribe ID\
            """;

    /// Options of these commands that have a value.
    public static final Set<String> VALUED =
            Set.of(
                    "--key",
                    "--role",
                    "--authorities",
                    "--type",
                    "--endpoint",
                    "--data",
                    "--hash",
                    "--level",
                    "--reader",
                    "--version",
                    "--model",
                    "--user",
                    "--from",
                    "--to",
                    "--silence",
                    "--certificate",
                    "--reason",
                    "--arbiter",
                    "--terms",
                    "--note",
                    "--evidence",
                    "--purpose",
                    "--after",
                    "--organisation",
                    "--subject",
                    "--height",
                    "--wait");

    private final Options options;
    private final DeedWords words;
    private final NodeApi api;
    private final ChainId chain;

    public RegisterCommands(Options options, NodeApi api, ChainId chain) {
        this.options = options;
        this.words = new DeedWords(options);
        this.api = api;
        this.chain = chain;
    }

    public void run() throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        switch (words.word(0) + " " + words.word(1)) {
            case "id show" -> show("/v1/identifiers/" + words.word(2));
            case "device list" -> devices();
            case "device show" -> show("/v1/devices/" + words.word(2));
            case "device node" -> System.out.println(Devices.node(words.identifierAt(2)));
            case "order show" -> show("/v1/orders/" + words.word(2));
            case "order bundle" -> bundle();
            case "alert list" -> alerts();
            default -> tell();
        }
    }

    private void show(String path) throws IOException, InterruptedException, StartRefused {
        System.out.println(Json.write(api.get(path)).asUtf8());
    }

    private void devices() throws IOException, InterruptedException, StartRefused {
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = api.get("/v1/devices?after=" + encoded(after));
            for (JsonNode each : page.path("devices")) {
                after = each.path("identifier").asString();
                System.out.println(options.has("--json") ? Json.write(each).asUtf8() : line(each));
            }
            more = page.path("more").asBoolean();
        }
    }

    private static String line(JsonNode device) {
        return "%s  %s  %s  %d certificates  %s"
                .formatted(
                        device.path("identifier").asString(),
                        device.path("state").asString(),
                        device.path("name").asString(),
                        device.path("certificates").size(),
                        device.path("to").asString());
    }

    private void alerts() throws IOException, InterruptedException, StartRefused {
        JsonNode page = api.get("/v1/alerts?" + query());
        if (options.has("--json")) {
            System.out.println(Json.write(page).asUtf8());
            return;
        }
        for (JsonNode each : page.path("alerts")) {
            System.out.println(
                    "%d  %s  %s  %s  %s"
                            .formatted(
                                    each.path("number").asLong(),
                                    each.path("time").asString(),
                                    each.path("type").asString(),
                                    each.path("subject").asString(),
                                    each.path("detail").asString()));
        }
    }

    private void bundle() throws IOException, InterruptedException, StartRefused {
        Path out = Path.of(options.one("--out"));
        Files.write(out, api.bytes("/v1/orders/" + words.word(2) + "/bundle").toArray());
        System.out.println("wrote " + out);
    }

    private String query() throws StartRefused {
        StringBuilder query =
                new StringBuilder("after=" + options.oneOr("--after", 0L, Long::parseLong));
        for (String name : List.of("--organisation", "--subject", "--wait")) {
            for (String value : options.all(name)) {
                query.append("&").append(name.substring(2)).append("=").append(encoded(value));
            }
        }
        for (String value : options.all("--level")) {
            query.append("&levelMax=").append(encoded(value));
        }
        if (options.has("--type")) {
            query.append("&type=").append(String.join(",", new TreeSet<>(options.all("--type"))));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void tell() throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        switch (words.word(0)) {
            case "org" ->
                    send(Organisations.REGISTER, OrganisationDeed.FORMAT, words.organisation());
            case "id" -> send(Identifiers.REGISTER, IdentifierDeed.FORMAT, words.identifier());
            case "device" -> send(Devices.REGISTER, DeviceDeed.FORMAT, words.device());
            case "order" -> send(Orders.REGISTER, OrderDeed.FORMAT, words.order());
            default -> send(Subscriptions.REGISTER, AlertDeed.FORMAT, words.alert());
        }
    }

    private <D extends Deed> void send(Name register, Format<D> format, D deed)
            throws IOException, InterruptedException, KeyFileUnusable, StartRefused {
        Signer account = account();
        JsonNode known = api.get("/v1/accounts/" + account.key());
        Transaction transaction =
                new Transaction(
                        chain,
                        account.key(),
                        known.path("nonce").asLong(),
                        new Action.Call(
                                register, deed.method(), format.encode(deed), Optional.empty()));
        api.send(SignedTransaction.by(account, transaction));
        System.out.println("done " + transaction.id());
    }

    private Signer account() throws IOException, KeyFileUnusable, StartRefused {
        Path file = Path.of(options.one("--key"));
        if (!Files.exists(file)) {
            throw new StartRefused(
                    ExitCode.USAGE, "no key is in " + file + "; make one: entente solo key FILE");
        }
        KeyFile key = KeyFile.read(file, Password.read(Path.of(file + ".password")));
        return Cryptography.fastest().signer(key.keys());
    }
}
