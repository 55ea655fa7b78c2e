package org.entente.relay.app;

import org.entente.certs.Certificate;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.certs.tls.X509;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.BatchPlace;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.BatchTree;
import org.entente.registry.fixture.Member;
import org.entente.runtime.link.Line;
import org.entente.runtime.link.LineDialler;
import org.entente.runtime.link.LineListener;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// An agent over the real link and HTTP that proposes, endorses and attests what a test prepared,
/// seals whatever it is told to, and says that each delivery was applied.
final class ScriptedAgent implements AutoCloseable {
    private static final Map<Digest, Candidate> PREPARED = new ConcurrentHashMap<>();

    final Member member;
    final BlockingQueue<ToAgent> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final HttpClient client;
    private final Story story;
    private final RunningRelay relay;
    private final LineDialler dialler;
    private final Line line;

    ScriptedAgent(RunningRelay relay, Story story, Member member, long term) throws Exception {
        this(relay, story, member, term, List.of());
    }

    ScriptedAgent(RunningRelay relay, Story story, Member member, long term, List<Sealed> newest)
            throws Exception {
        this.relay = relay;
        this.story = story;
        this.member = member;
        KeyPair keys = Member.CRYPTOGRAPHY.freshKey(new SecureRandom());
        Certificate shown = member.identity("agent", Member.CRYPTOGRAPHY.signer(keys), Member.NOW);
        TlsIdentity identity =
                new TlsIdentity(
                        keys.getPrivate(),
                        List.of(
                                X509.of(shown),
                                X509.of(member.generation().authorities().enrolment())));
        client = relay.showing(identity);
        dialler =
                new LineDialler(ClientTls.pinned(relay.certificate()).showing(identity).context());
        line =
                dialler.dial(
                        URI.create(relay.url().replace("https:", "wss:") + "/v1/link"),
                        Listener::new);
        line.send(ToRelay.FORMAT.encode(new ToRelay.Hello(term, newest)));
    }

    static void prepare(Candidate candidate) {
        PREPARED.put(candidate.requestDigest(), candidate);
        PREPARED.put(candidate.proposalDigest(), candidate);
        PREPARED.put(candidate.submissionDigest(), candidate);
    }

    private final class Listener implements LineListener {
        private final Line line;

        private Listener(Line line) {
            this.line = line;
        }

        @Override
        public void heard(Bytes message) throws InterruptedException {
            ToAgent told = ToAgent.FORMAT.decode(message).orThrow();
            heard.add(told);
            try {
                Optional<ToRelay> answer = answer(told);
                if (answer.isPresent()) {
                    line.send(ToRelay.FORMAT.encode(answer.get()));
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                ends.add(e.toString());
            }
        }

        @Override
        public void closed(String why) {
            ends.add(why);
        }
    }

    private Optional<ToRelay> answer(ToAgent message) throws Exception {
        return switch (message) {
            case ToAgent.Propose(var ask, var _) -> {
                Candidate candidate = prepared(ask.request());
                yield Optional.of(
                        new ToRelay.Proposed(
                                story.id(),
                                candidate.proposal(),
                                candidate.sequence().proposerSignature(),
                                candidate.evidence().readSet(),
                                candidate.evidence().writeSet()));
            }
            case ToAgent.Endorse endorse -> {
                Candidate candidate = prepared(endorse.sequence().ask().request());
                yield candidate.evidence().endorsements().stream()
                        .filter(vouch -> vouch.agent().equals(member.agent()))
                        .findFirst()
                        .map(vouch ->
                                new ToRelay.Endorsed(
                                        story.id(), candidate.proposalDigest(), vouch));
            }
            case ToAgent.Attest attest ->
                    Optional.ofNullable(PREPARED.get(attest.submission())).stream()
                            .flatMap(each -> each.evidence().attestations().stream())
                            .filter(each -> each.vouch().agent().equals(member.agent()))
                            .findFirst()
                            .map(each ->
                                    new ToRelay.Attested(story.id(), attest.submission(), each));
            case ToAgent.Grown grown -> Optional.of(sealing(grown.size()));
            case ToAgent.Bring bring -> Optional.of(brought(bring.serial()));
            case ToAgent.Observe observe -> Optional.of(observed(observe.serial()));
            case ToAgent.BringAgain again -> Optional.of(brought(again.serial()));
            case ToAgent.Certified _, ToAgent.Elsewhere _, ToAgent.Look _ -> Optional.empty();
        };
    }

    private static Candidate prepared(Request request) {
        Candidate candidate = PREPARED.get(Request.FORMAT.digest(request));
        if (candidate == null) {
            throw new IllegalStateException("nothing is prepared for " + request);
        }
        return candidate;
    }

    private ToRelay sealing(long size) throws Exception {
        String log = "/v1/logs/" + story.id();
        JsonNode proof = relay.ask(client, log + "/proofs/inclusion?serial=0&size=" + size).json();
        JsonNode last = relay.ask(client, log + "/entries/" + (size - 1)).json();
        Seal seal =
                new Seal(
                        story.id(),
                        0,
                        size,
                        Digest.fromHex(proof.path("root").asString()),
                        Instant.parse(last.path("time").asString()));
        return new ToRelay.Sealing(seal, member.agentKey().sign(Seal.FORMAT.digest(seal)));
    }

    private ToRelay brought(long serial) throws Exception {
        RunningRelay.Answer answer =
                relay.ask(client, "/v1/alliances/" + story.id() + "/deliveries/" + serial);
        Delivery delivery = Delivery.FORMAT.decode(answer.body()).orThrow();
        return new ToRelay.Brought(story.id(), delivery.sighting().entry().serial(), 0, "included");
    }

    private ToRelay observed(long serial) {
        Settlement settlement = story.settlement(serial, Settlement.End.APPLIED, 0);
        BatchTree tree = BatchTree.of(List.of(Settlement.FORMAT.digest(settlement)));
        BatchRoot batch = new BatchRoot(story.id(), 0, member.agent(), 1, tree.root());
        return new ToRelay.Observed(
                settlement,
                new Vouch(
                        member.agent(),
                        new BatchPlace(0, 1, tree.proof(0).path()),
                        member.agentKey().sign(BatchRoot.OBSERVE.digest(batch))));
    }

    @Override
    public void close() {
        line.close("the test is over");
        dialler.close();
        client.close();
    }
}
