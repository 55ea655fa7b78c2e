package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.Break;
import org.entente.registry.contract.FlowName;
import org.entente.relay.Affected;
import org.entente.relay.Desk;
import org.entente.relay.ReportedBreak;
import org.entente.relay.worker.DeskWorker;
import org.entente.relay.worker.Desks;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.util.List;

/// Which final blocks were replaced, as agents say, and what that affects (docs/exchange.md §3).
public final class AffectedRoutes {
    private final Desks desks;

    public AffectedRoutes(Desks desks) {
        this.desks = desks;
    }

    /// @param broken flows in which nothing is asked for
    record View(List<BreakView> breaks, List<String> broken, List<AffectedView> affected) {}

    record BlockView(long height, Bytes hash) {
        static BlockView of(Break.Block block) {
            return new BlockView(block.height(), block.hash());
        }
    }

    /// @param object the canonical bytes of the `break`
    /// @param signature the agent's, over their digest
    record BreakView(
            NodeId agent,
            ChainId chain,
            String state,
            BlockView followed,
            BlockView found,
            long since,
            Bytes object,
            Signature signature) {
        static BreakView of(ReportedBreak report) {
            Break said = report.said();
            return new BreakView(
                    report.agent(),
                    said.chain(),
                    said.state().name(),
                    BlockView.of(said.followed()),
                    BlockView.of(said.found()),
                    said.since(),
                    Break.FORMAT.encode(said),
                    report.signature());
        }
    }

    record AffectedView(
            long serial, Digest exchange, String flow, ChainId chain, long height, String what) {
        static AffectedView of(Affected mark) {
            return new AffectedView(
                    mark.serial(),
                    mark.exchange(),
                    mark.flow().toString(),
                    mark.chain(),
                    mark.height(),
                    mark.what().name());
        }
    }

    public Routes routes() {
        return Routes.none().get("/v1/alliances/{alliance}/affected", this::affected);
    }

    private Reply affected(Request request) throws InterruptedException {
        Parsed<DeskWorker> desk =
                Paths.alliance(request)
                        .then(alliance ->
                                desks.desk(alliance)
                                        .map(Parsed::of)
                                        .orElseGet(() ->
                                                Parsed.refused(
                                                        Fault.NOT_FOUND,
                                                        "no alliance " + alliance)));
        return switch (desk) {
            case Parsed.Refused<DeskWorker>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<DeskWorker>(DeskWorker found) ->
                    Reply.json(found.look(AffectedRoutes::view));
        };
    }

    private static View view(Desk desk) {
        return new View(
                desk.breaks().stream().map(BreakView::of).toList(),
                desk.broken().stream().map(FlowName::toString).toList(),
                desk.affected().stream().map(AffectedView::of).toList());
    }
}
