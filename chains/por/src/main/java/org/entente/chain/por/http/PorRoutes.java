package org.entente.chain.por.http;

import org.entente.chain.http.Asked;
import org.entente.chain.http.ChainRoutes;
import org.entente.chain.por.Change;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Proposal;
import org.entente.chain.por.worker.PorChain;
import org.entente.chain.por.worker.View;
import org.entente.light.NodeKey;
import org.entente.light.por.Difficulty;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Rules;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Members, how hard the next block is for each, what they vote on, blocks as they travel, and what
/// a light client follows (docs/chains/por.md §7).
public final class PorRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final PorChain chain;
    private final IntSupplier peers;
    private final Supplier<Optional<Duration>> ahead;

    /// @param peers how many are connected
    /// @param ahead how far the node's clock is of theirs
    public PorRoutes(PorChain chain, IntSupplier peers, Supplier<Optional<Duration>> ahead) {
        this.chain = chain;
        this.peers = peers;
        this.ahead = ahead;
    }

    /// @param target what the hash of its next block must be below, in hexadecimal digits
    /// @param hashes how many it has to try on average
    record MemberView(
            VerifyingKey account,
            String name,
            String key,
            String host,
            int port,
            long joined,
            long made,
            int doubles,
            String target,
            BigDecimal hashes) {}

    record MembersView(
            long height,
            long rules,
            BigDecimal max,
            BigDecimal min,
            String nearest,
            List<MemberView> members) {}

    /// @param key that a node would have; left out where the change is about none
    record ProposalView(
            Digest id,
            VerifyingKey proposer,
            String change,
            Optional<String> key,
            long since,
            String until,
            List<VerifyingKey> yes,
            String stage,
            long ended) {
        static ProposalView of(Proposal it) {
            return new ProposalView(
                    it.id(),
                    it.proposer(),
                    words(it.change()),
                    key(it.change()).map(NodeKey::toString),
                    it.since(),
                    it.until().toString(),
                    it.yes(),
                    it.stage().name(),
                    it.ended());
        }

        private static Optional<NodeKey> key(Change change) {
            return switch (change) {
                case Change.Add(Member member, Bytes _) -> Optional.of(member.key());
                case Change.Update update -> Optional.of(update.key());
                case Change.Remove _, Change.Retune _ -> Optional.empty();
            };
        }

        private static String words(Change change) {
            return switch (change) {
                case Change.Add(Member member, Bytes _) -> "add " + member.name();
                case Change.Remove(VerifyingKey account) -> "remove " + account;
                case Change.Update to ->
                        "update %s: node's key %s at %s:%d"
                                .formatted(to.account(), to.key(), to.host(), to.port());
                case Change.Retune(Parameters to) ->
                        "Max " + decimal(to.max()) + ", Min " + decimal(to.min());
            };
        }
    }

    /// @param stale blocks that held and are not of the chain, since the start
    /// @param reorganised blocks that were left for a longer branch, since the start
    /// @param hashes that were tried, since the start
    /// @param first from which height on it has blocks
    /// @param readOnly its disk takes no more
    /// @param clockAheadMillis of the peers' clocks; left out while none said anything
    record NetworkView(
            long height,
            long last,
            long first,
            int peers,
            int waiting,
            long stale,
            long reorganised,
            long hashes,
            boolean split,
            boolean member,
            boolean readOnly,
            Optional<Long> clockAheadMillis) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/por/members", Answers.json(MembersView.class, _ -> Reply.json(members())))
                .get("/v1/por/proposal", Answers.json(ProposalView.class, _ -> proposal()))
                .get("/v1/por/network", Answers.json(NetworkView.class, _ -> Reply.json(network())))
                .get("/v1/por/blocks/{height}", this::block)
                .get("/v1/por/trail", this::trail);
    }

    private MembersView members() {
        Placed head = chain.view().head();
        Rules rules = head.link().rules();
        return new MembersView(
                head.height(),
                rules.number(),
                decimal(rules.parameters().max()),
                decimal(rules.parameters().min()),
                rules.parameters().nearest().name(),
                rules.members().stream().map(each -> view(each, head)).toList());
    }

    private static MemberView view(Member member, Placed head) {
        Rules rules = head.link().rules();
        BigInteger target =
                rules.difficulty()
                        .target(head.link().window().distances(member.account(), rules.count()));
        var state = head.ledger().state();
        return new MemberView(
                member.account(),
                member.name().text(),
                member.key().toString(),
                member.host(),
                member.port(),
                member.joined(),
                Kept.made(state, member.account()),
                Kept.doubles(state, member.account(), Rules.MEMBER_COUNT_MAX),
                target.toString(16),
                new BigDecimal(Difficulty.NONE.divide(target)));
    }

    private static BigDecimal decimal(int tenThousandths) {
        return BigDecimal.valueOf(tenThousandths, 4).stripTrailingZeros();
    }

    private Reply proposal() {
        return Kept.proposal(chain.head().state())
                .map(it -> Reply.json(ProposalView.of(it)))
                .orElseGet(() ->
                        Reply.problem(
                                Verdict.rejected(Fault.NOT_FOUND, "nothing was proposed yet")));
    }

    private NetworkView network() {
        View now = chain.view();
        return new NetworkView(
                now.head().height(),
                now.last().height(),
                chain.first(),
                peers.getAsInt(),
                chain.waiting(),
                now.stale(),
                chain.reorganised(),
                chain.hashes(),
                now.isSplit(),
                chain.isMember(),
                chain.readOnly().isPresent(),
                ahead.get().map(Duration::toMillis));
    }

    private Reply block(Request request) throws IOException {
        return switch (Asked.number(request.parameter("height"))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long height) -> {
                List<PorBlock> block = height == 0 ? List.of() : chain.archive().blocks(height, 1);
                yield block.stream()
                        .findFirst()
                        .map(it -> Reply.bytes(OCTETS, it.bytes()))
                        .orElseGet(() -> Reply.problem(ChainRoutes.none(height, chain)));
            }
        };
    }

    private Reply trail(Request request) throws IOException {
        return switch (Asked.number(request.queried("from").orElse("1"))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long from) ->
                    Reply.bytes(OCTETS, Trail.FORMAT.encode(chain.archive().trail(from)));
        };
    }
}
