package org.entente.agent.worker;

import org.entente.agent.Backoff;
import org.entente.agent.pem.FilesUnusable;
import org.entente.agent.pem.Identity;
import org.entente.agent.pem.IdentityFiles;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.NodeRole;
import org.entente.registry.SignedChange;
import org.entente.runtime.metrics.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Keeps the relay's registry in step with what this agent is: its certificate, chains and roles.
///
/// ```
/// UNKNOWN ──NodeAdded taken, or known and noted as the same──▶ REGISTERED
///    │ NodeAdded: ALREADY_EXISTS, another one noted                 │ another certificate, chains or roles
///    ▼                                                              ▼
/// OUTDATED ──NodeRenewed taken or ALREADY_EXISTS──▶ REGISTERED    OUTDATED
///    │ NodeRenewed: UNKNOWN_NODE ──▶ UNKNOWN
/// ```
///
/// It never gives up: an agent may be started before its organisation has joined the relay.
public final class Registration implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final Duration RETRY_FIRST = Duration.ofMillis(500);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private enum Standing {
        UNKNOWN,
        OUTDATED,
        REGISTERED
    }

    private final RelayClient relay;
    private final Supplier<Identity> identity;
    private final IdentityFiles files;
    private final SortedSet<ChainId> chains;
    private final SortedSet<NodeRole> roles;
    private final RandomGenerator random;
    private Standing standing = Standing.UNKNOWN;
    private Optional<Digest> registered = Optional.empty();
    private Backoff backoff = Backoff.between(RETRY_FIRST, RETRY_MAX);
    private volatile String words = "not tried yet";

    public Registration(
            RelayClient relay,
            Supplier<Identity> identity,
            IdentityFiles files,
            SortedSet<ChainId> chains,
            SortedSet<NodeRole> roles,
            RandomGenerator random) {
        this.relay = relay;
        this.identity = identity;
        this.files = files;
        this.chains = Sorted.copyOf(chains);
        this.roles = Sorted.copyOf(roles);
        this.random = random;
    }

    /// Not a reason to be unready: the CA serves its nodes without a relay.
    public Health.Answer health() {
        return Health.Answer.up(words);
    }

    @Override
    public Duration step() throws InterruptedException {
        Identity current = identity.get();
        Change.NodeRenewed wanted =
                new Change.NodeRenewed(current.certificate().der(), chains, roles);
        Digest digest = wanted.digest();
        if (standing == Standing.REGISTERED && !registered.equals(Optional.of(digest))) {
            standing = Standing.OUTDATED;
        }
        try {
            return switch (standing) {
                case REGISTERED -> LOOK_EVERY;
                case UNKNOWN ->
                        added(
                                relay.post(
                                        signed(
                                                new Change.NodeAdded(
                                                        wanted.certificate(), chains, roles),
                                                current)),
                                digest);
                case OUTDATED -> renewed(relay.post(signed(wanted, current)), digest);
            };
        } catch (RelayUnreachable e) {
            return failed("the relay is away: " + e.getMessage());
        } catch (FilesUnusable e) {
            return failed("cannot note the registration: " + e.getMessage());
        }
    }

    private Duration added(RelayAnswer answer, Digest wanted) throws FilesUnusable {
        return switch (answer) {
            case RelayAnswer.Taken _ -> done(wanted);
            case RelayAnswer.Refused refused when isCode(refused, Fault.ALREADY_EXISTS) -> {
                if (files.registered().equals(Optional.of(wanted))) {
                    yield done(wanted);
                }
                standing = Standing.OUTDATED;
                yield Duration.ZERO;
            }
            case RelayAnswer.Refused refused -> failed("the relay refuses: " + refused);
        };
    }

    private Duration renewed(RelayAnswer answer, Digest wanted) throws FilesUnusable {
        return switch (answer) {
            case RelayAnswer.Taken _ -> done(wanted);
            case RelayAnswer.Refused refused when isCode(refused, Fault.ALREADY_EXISTS) ->
                    done(wanted);
            case RelayAnswer.Refused refused when isCode(refused, Fault.UNKNOWN_NODE) -> {
                standing = Standing.UNKNOWN;
                yield failed("the relay refuses: " + refused);
            }
            case RelayAnswer.Refused refused -> failed("the relay refuses: " + refused);
        };
    }

    private Duration done(Digest wanted) throws FilesUnusable {
        standing = Standing.REGISTERED;
        registered = Optional.of(wanted);
        backoff = backoff.succeeded();
        words = "registered with the relay";
        files.remember(wanted);
        LOG.atInfo().addKeyValue("change", wanted).log("registered with the relay");
        return LOOK_EVERY;
    }

    /// Told once per reason: a relay that is away for a day is one line, not thousands.
    private Duration failed(String why) {
        if (!why.equals(words)) {
            LOG.atWarn().log("not registered: {}", why);
        }
        words = why;
        backoff = backoff.failed();
        return backoff.pause(random);
    }

    private static boolean isCode(RelayAnswer.Refused refused, Fault fault) {
        return refused.code().equals(fault.name());
    }

    private static SignedChange signed(Change change, Identity identity) {
        NodeId node = identity.certificate().node().orElseThrow();
        return SignedChange.of(
                change, Approval.by(new Approver.Node(node), identity.signer(), change.digest()));
    }
}
