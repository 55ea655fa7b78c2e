package org.entente.launcher.app.demo;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where everything of a running demo is, and what to look at next: one screen.
record Screen(Ground ground, Optional<Memory> memory) {

    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Market market : Market.values()) {
            List<URI> nodes = ground.addresses(market);
            lines.add("%-13s %s".formatted(ground.chain(market), nodes.getFirst()));
            for (URI node : nodes.subList(1, nodes.size())) {
                lines.add(" ".repeat(14) + node);
            }
        }
        lines.add(line("relay", ground.relay() + ", certificate " + certificate()));
        for (Party party : ground.members()) {
            lines.add(line("agent " + party.word(), ground.agent(party).toString()));
        }
        lines.add(line("alliance", ground.alliance()));
        memory.ifPresent(it -> lines.add(line("memory", it.toString())));
        lines.add(line("folder", ground.folder().toString()));
        lines.add("Look, in another terminal:");
        next().forEach(each -> lines.add("  entente " + each));
        lines.add("Ctrl-C ends all of it; the same command goes on with the same data.");
        return lines;
    }

    private static String line(String what, String where) {
        return "%-13s %s".formatted(what, where);
    }

    private String certificate() {
        return ground.path("relay").resolve("relay.pem").toString();
    }

    /// Commands that show what the exchanges so far did.
    List<String> next() throws IOException {
        List<String> next = new ArrayList<>();
        for (Market market : Market.values()) {
            String node = " --node " + ground.node(market);
            if (ground.making(market) == Making.INDUSTRIAL) {
                String by = " --key " + Device.gateway(ground, market) + node;
                next.add("data series " + Press.SERIES + by);
                next.add(
                        "data history "
                                + ground.inbox(market)
                                + "/"
                                + market.received()
                                + "2"
                                + by);
                next.add(
                        "chain industrial device list --config "
                                + ground.path(ground.nodes(market).getFirst() + ".conf"));
            } else {
                next.add(
                        "solo get "
                                + market.received()
                                + "1 --inbox "
                                + ground.inbox(market)
                                + node);
            }
        }
        next.add("audit " + ground.alliance() + " --org " + ground.path(Party.ALPHA.word()));
        next.add("verify " + ground.path("receipts") + "/FILE --alliance " + ground.alliance());
        return next;
    }
}
