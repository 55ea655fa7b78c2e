package org.entente.launcher.app.demo;

import org.entente.protocol.VerifyingKey;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configuration files of the demo's processes, as the handbook describes them.
record Settings(Ground ground) {

    String relay() {
        return lines(
                "process = relay",
                "listen = 127.0.0.1:" + ground.port("relay"),
                "address = " + ground.relay(),
                "directory = " + ground.path("relay"));
    }

    /// @param accounts that may send transactions beside the owner
    String chain(Market market, VerifyingKey owner, List<VerifyingKey> accounts) {
        return lines(
                "process = solo",
                "listen = 127.0.0.1:" + ground.port(market.word()),
                "tls = off",
                "directory = " + ground.path(market.word()),
                "chain = " + ground.chain(market),
                "owner = " + owner,
                "accounts = "
                        + String.join(
                                ", ", accounts.stream().map(VerifyingKey::toString).toList()));
    }

    /// A chain as agents know it.
    ///
    /// @param genesis its digest
    record Seen(Market market, String genesis) {}

    String agent(Party party, List<Seen> chains) {
        StringBuilder lines = new StringBuilder();
        int number = 1;
        for (Seen chain : chains) {
            String key = "chain." + number++;
            Path account = ground.path(party.word()).resolve("account.p12");
            lines.append(
                    lines(
                            key + " = " + ground.chain(chain.market()),
                            key + ".genesis = " + chain.genesis(),
                            key + ".nodes = " + ground.addressLine(chain.market()),
                            key + ".account = " + account,
                            key + ".accountPassword = " + account + ".password"));
        }
        return lines(
                        "process = agent",
                        "listen = 127.0.0.1:" + ground.port(party.word()),
                        "organisation = " + ground.path(party.word()),
                        "node = agent-1",
                        "hosts = localhost, 127.0.0.1",
                        "relay = " + ground.relay(),
                        "relayCertificate = " + ground.path("relay").resolve("relay.pem"),
                        "chains = "
                                + ground.chain(Market.ORDERS)
                                + ", "
                                + ground.chain(Market.CUSTOMS),
                        "roles = host, endorser, sealer, deliverer")
                + lines;
    }

    /// The alliance contract: what leaves one chain may land in the inbox on the other.
    String contract() {
        return """
        {
          "name": "trade",
          "version": 1,
          "title": "Orders for customs, permits for orders",
          "parties": [%s],
          "agents": {%s},
          "flows": [%s, %s],
          "amendment": {"threshold": "1/2"},
          "validity": {"from": "2026-01-01T00:00:00Z", "until": "2036-01-01T00:00:00Z"}
        }
        """
                .formatted(
                        each(party -> "\"" + party.organisation() + "\""),
                        weights(),
                        flow(Market.ORDERS),
                        flow(Market.CUSTOMS));
    }

    private String flow(Market from) {
        Market to = from.other();
        return """
        {
            "name": "%s",
            "source": {"chain": "%s", "resources": [%s]},
            "destination": {"chain": "%s", "inbox": "%s", "resources": ["%s*"]},
            "requesters": [{"organisation": "%s", "role": "%s"}],
            "condition": "attempt <= 5 && size(keys) <= 16",
            "limits": {"payloadBytesMax": 65536, "perHour": 100000},
            "finality": {"%s": 0, "%s": 0},
            "deliverWithin": "1h"
          }\
        """
                .formatted(
                        from.flow(),
                        ground.chain(from),
                        ground.offered(from).stream()
                                .map(each -> "\"" + each + "\"")
                                .collect(Collectors.joining(", ")),
                        ground.chain(to),
                        ground.inbox(to),
                        to.received(),
                        from.owner().organisation(),
                        from.requester(),
                        ground.chain(from),
                        ground.chain(to));
    }

    /// Each member endorses with the same weight, so more than half of them must agree.
    String nodeContract(Market from) {
        return """
        {
          "contract": "trade",
          "flow": "%s",
          "hosts": ["%s", "%s"],
          "program": {"kind": "copy"},
          "endorsers": {%s}
        }
        """
                .formatted(
                        from.flow(), from.owner().agent(), from.other().owner().agent(), weights());
    }

    private String weights() {
        return each(party -> "\"" + party.agent() + "\": 1");
    }

    private String each(Function<Party, String> words) {
        return String.join(", ", ground.members().stream().map(words).toList());
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}
