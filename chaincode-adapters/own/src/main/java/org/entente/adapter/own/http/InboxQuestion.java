package org.entente.adapter.own.http;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Inbox;
import org.entente.adapter.Seen;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What an inbox contract is, by the nodes' word: the API has no proof of it. Nodes that are not
/// equally far may know more or fewer epochs, but not others.
record InboxQuestion(Sources sources, long heightMin) {

    Seen<Optional<Inbox>> ask(String address, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        List<Heard<Optional<Inbox>>> heard =
                sources.ask(source -> inbox(source, address, deadline));
        List<Heard.Said<Optional<Inbox>>> said =
                Sources.said(heard).stream()
                        .sorted(
                                Comparator.<Heard.Said<Optional<Inbox>>>comparingInt(
                                                it -> epochCount(it.value()))
                                        .reversed())
                        .toList();
        if (said.size() < sources.agreeing()) {
            return sources.tooFew(heard);
        }
        Heard.Said<Optional<Inbox>> chosen = said.get(sources.agreeing() - 1);
        for (Heard.Said<Optional<Inbox>> other : said) {
            if (!fits(chosen.value(), other.value())) {
                return new Seen.Disputed<>(
                        chosen.source().address()
                                + " says "
                                + chosen.value()
                                + ", "
                                + other.source().address()
                                + " says "
                                + other.value());
            }
        }
        return Seen.of(chosen.value());
    }

    private Optional<Inbox> inbox(Source source, String address, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Source.Answer answer = source.get(path(address), deadline);
        if (answer instanceof Source.Answer.Problem problem && problem.is(Fault.NOT_FOUND)) {
            return Optional.empty();
        }
        Fields fields = source.good(answer);
        if (fields.number("height") < heightMin) {
            throw new SourceAway(
                    source.address() + " is behind block " + heightMin, SourceAway.Reach.UNKNOWN);
        }
        List<Inbox.Epoch> epochs = new ArrayList<>();
        for (Fields each : fields.list("epochs", Inbox.EPOCH_COUNT_MAX)) {
            epochs.add(
                    new Inbox.Epoch(
                            each.number("epoch"),
                            each.number("from"),
                            each.made("digest", Digest::fromHex)));
        }
        try {
            return Optional.of(
                    new Inbox(
                            address,
                            fields.made("code", Digest::fromHex),
                            fields.made("alliance", it -> new AllianceId(Digest.fromHex(it))),
                            epochs));
        } catch (IllegalArgumentException e) {
            throw source.doubt(Fault.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static int epochCount(Optional<Inbox> inbox) {
        return inbox.map(it -> it.epochs().size()).orElse(0);
    }

    private static boolean fits(Optional<Inbox> one, Optional<Inbox> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return true;
        }
        int common = Math.min(epochCount(one), epochCount(other));
        return one.get().code().equals(other.get().code())
                && one.get().alliance().equals(other.get().alliance())
                && one.get()
                        .epochs()
                        .subList(0, common)
                        .equals(other.get().epochs().subList(0, common));
    }

    private static String path(String address) {
        return "/v1/inbox/"
                + URLEncoder.encode(address, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
