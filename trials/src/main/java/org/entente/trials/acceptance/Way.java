package org.entente.trials.acceptance;

import org.entente.client.Asking;
import org.entente.client.ExchangeStatus;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Town;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.registry.contract.FlowName;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One way that values take: from a chain's own keys into the inbox contract of another chain.
///
/// @param offered how the keys begin that leave
/// @param received how the keys begin that arrive
public record Way(
        Town town,
        Market from,
        FlowName flow,
        String offered,
        String received,
        SoloChain destination,
        URI node,
        String inbox) {
    private static final int ANSWER_SIZE_BYTES_MAX = 1 << 20;
    static final Name CONTRACT = new Name("trade");

    /// From one of the two chains to the other.
    public static Way from(Town town, Market market) {
        return new Way(
                town,
                market,
                new FlowName(CONTRACT, new Name(market.flow())),
                market.offered(),
                market.other().received(),
                town.chain(market.other()),
                town.node(market.other()),
                town.inbox(market.other()));
    }

    /// Writes a value where it leaves from.
    void put(String name, String value) throws Failure {
        // One account signs for all who write here, and its transactions have an order.
        synchronized (town.chain(from)) {
            town.put(from, offered + name, value);
        }
    }

    /// Wishes that the value goes its way, under the same name.
    Asking asking(String name) {
        return town.application(from).asking(town.alliance(), flow, Bytes.utf8(arguments(name)));
    }

    String arguments(String name) {
        return "{\"copy\":[{\"from\":\""
                + offered
                + name
                + "\",\"to\":\""
                + received
                + name
                + "\"}]}";
    }

    Outcome ask(Asking asking, Plan plan) throws Failure {
        return town.application(from).ask(asking, plan);
    }

    Outcome carry(String name, String value, Plan plan) throws Failure {
        put(name, value);
        return ask(asking(name), plan);
    }

    ExchangeStatus status(Digest exchange) throws Failure {
        return town.application(from).status(exchange);
    }

    /// The epochs that the inbox contract knows, in the order in which it learned them.
    List<Long> epochs() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            byte[] body =
                    http.send(
                                    HttpRequest.newBuilder(node.resolve("/v1/inbox/" + inbox))
                                            .build(),
                                    BodyHandlers.ofByteArray())
                            .body();
            List<Long> epochs = new ArrayList<>();
            Json.read(Bytes.copyOf(body), ANSWER_SIZE_BYTES_MAX)
                    .orThrow()
                    .path("epochs")
                    .forEach(each -> epochs.add(each.path("epoch").asLong()));
            return epochs;
        }
    }

    /// What arrived.
    Optional<String> delivered(String name) throws Failure {
        return destination
                .value(Bytes.utf8(received + name), Optional.of(inbox))
                .value()
                .map(Bytes::asUtf8);
    }
}
