package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.link.Frames;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.relay.journal.Payloads;
import org.entente.relay.worker.Desks;
import org.entente.relay.worker.Lines;
import org.entente.runtime.http.Routes;
import org.entente.runtime.link.Line;
import org.entente.runtime.link.LineClosed;
import org.entente.runtime.link.LineListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/// The lines of all agents (docs/exchange.md §2): one for each, the one with the highest term.
public final class AgentLink implements Lines {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

    /// What an agent does not take in time; then its line is ended, and it dials again.
    private static final int UNSENT_MAX = 4_096;

    private final Payloads payloads;
    private final Map<NodeId, Session> sessions = new ConcurrentHashMap<>();

    /// Guards that sessions are displaced one at a time.
    private final Object displacing = new Object();

    private volatile Optional<Desks> desks = Optional.empty();

    public AgentLink(Payloads payloads) {
        this.payloads = payloads;
    }

    /// Whom to tell, known once the desks are made.
    public void serve(Desks all) {
        desks = Optional.of(all);
    }

    public Routes routes() {
        return Routes.none().link("/v1/link", this::opened);
    }

    public int size() {
        return sessions.size();
    }

    @Override
    public void send(NodeId agent, ToAgent message) {
        Session session = sessions.get(agent);
        if (session != null && !session.unsent.offer(message)) {
            session.line.close("it does not take what is sent");
        }
    }

    private LineListener opened(Line line) {
        Parsed<NodeId> node = Members.node(line.peer());
        Session session = new Session(line, node);
        if (node instanceof Parsed.Refused<NodeId>(var why)) {
            line.close(why.fault().name());
        }
        return session;
    }

    private final class Session implements LineListener {
        private final Line line;
        private final Parsed<NodeId> node;
        private final BlockingQueue<ToAgent> unsent = new ArrayBlockingQueue<>(UNSENT_MAX);
        private Optional<Thread> sender = Optional.empty();
        private long term = -1;

        private Session(Line line, Parsed<NodeId> node) {
            this.line = line;
            this.node = node;
        }

        @Override
        public void heard(Bytes frame) throws InterruptedException {
            if (!(node instanceof Parsed.Value<NodeId>(NodeId agent))) {
                return;
            }
            Parsed<ToRelay> parsed = ToRelay.FORMAT.decode(frame).then(this::whole);
            switch (parsed) {
                case Parsed.Refused<ToRelay>(var why) -> {
                    LOG.atWarn().addKeyValue("agent", agent).log("said what is no message: " + why);
                    line.close(why.fault().name());
                }
                case Parsed.Value<ToRelay>(ToRelay message) -> heard(agent, message);
            }
        }

        private void heard(NodeId agent, ToRelay message) throws InterruptedException {
            Optional<Desks> all = desks;
            if (all.isEmpty()) {
                line.close(Fault.STOPPING.name());
                return;
            }
            if (message instanceof ToRelay.Hello hello) {
                if (takesOver(agent, hello.term())) {
                    sender = Optional.of(Thread.ofVirtual().name("to-" + agent).start(this::work));
                    all.get().joined(agent, hello.term(), hello.newest());
                } else {
                    line.close(Fault.SESSION_DISPLACED.name());
                }
            } else if (sessions.get(agent) == this) {
                all.get().heard(agent, message);
            } else {
                line.close(term < 0 ? "hello comes first" : Fault.SESSION_DISPLACED.name());
            }
        }

        /// A newer process with the same key displaces the older.
        private boolean takesOver(NodeId agent, long theirs) {
            synchronized (displacing) {
                Session other = sessions.get(agent);
                if (term >= 0 || (other != null && other.term >= theirs)) {
                    return false;
                }
                term = theirs;
                sessions.put(agent, this);
                if (other != null) {
                    other.line.close(Fault.SESSION_DISPLACED.name());
                }
                return true;
            }
        }

        /// What does not fit a frame lies among the payloads.
        private Parsed<ToRelay> whole(ToRelay message) {
            if (!(message instanceof ToRelay.Elsewhere(Digest digest))) {
                return Parsed.of(message);
            }
            try {
                return payloads.find(digest)
                        .map(ToRelay.FORMAT::decode)
                        .orElseGet(() ->
                                Parsed.refused(
                                        Fault.UNBOUND, "no payload has the digest " + digest));
            } catch (IOException e) {
                LOG.atError().setCause(e).log("a payload cannot be read");
                return Parsed.refused(Fault.INTERNAL, "a payload cannot be read");
            }
        }

        private void work() {
            try {
                while (true) {
                    line.send(frame(unsent.take()));
                }
            } catch (LineClosed e) {
                LOG.atDebug().setCause(e).log("a line ended");
            } catch (IOException e) {
                LOG.atError().setCause(e).log("a payload cannot be stored");
                line.close(Fault.INTERNAL.name());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Bytes frame(ToAgent message) throws IOException, InterruptedException {
            Bytes whole = ToAgent.FORMAT.encode(message);
            if (Frames.fits(whole)) {
                return whole;
            }
            Digest digest = Digest.of(whole);
            if (!payloads.put(digest, whole).isAccepted()) {
                throw new IOException("there is no room for a message of " + whole.size());
            }
            return ToAgent.FORMAT.encode(new ToAgent.Elsewhere(digest));
        }

        @Override
        public void closed(String why) {
            sender.ifPresent(Thread::interrupt);
            if (node instanceof Parsed.Value<NodeId>(NodeId agent)
                    && sessions.remove(agent, this)) {
                LOG.atInfo().addKeyValue("agent", agent).log("left: " + why);
                try {
                    if (desks.isPresent()) {
                        desks.get().left(agent);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
