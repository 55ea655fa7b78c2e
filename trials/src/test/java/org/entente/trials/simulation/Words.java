package org.entente.trials.simulation;

import org.entente.protocol.Digest;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Entry;
import org.entente.relay.Effect;
import org.entente.relay.Event;
import org.entente.relay.Status;

import java.util.Optional;

/// What happens, in few words, for traces.
final class Words {
    private Words() {}

    static String of(Event event) {
        return switch (event) {
            case Event.Posted(long _, var asked) ->
                    "posted " + brief(Request.FORMAT.digest(asked.ask().request()));
            case Event.Submitted _ -> "submitted";
            case Event.Heard(var agent, ToRelay message) ->
                    "hears " + Cast.shortName(agent) + ": " + of(message);
            case Event.Joined(var agent, long term, var _) ->
                    "joined by " + Cast.shortName(agent) + ", term " + term;
            case Event.Left(var agent) -> "left by " + Cast.shortName(agent);
            case Event.Committed(long size) -> "committed " + size;
            case Event.Kept(long size) -> "kept " + size;
            case Event.Due(long _, int _, var changes) -> "owes " + changes.size();
            case Event.Wished(long _, var cancellation, var _) ->
                    "cancellation wished of " + cancellation.serial();
            case Event.Retried(long _, long serial) -> "retried " + serial;
            case Event.Tick _ -> "tick";
        };
    }

    static Optional<String> of(Effect effect) {
        return switch (effect) {
            case Effect.Append(var record) -> Optional.of("appends " + of(record.entry()));
            case Effect.Promise(long number, var _) -> Optional.of("promises " + number);
            case Effect.Send(var agent, ToAgent message) ->
                    Optional.of("tells " + Cast.shortName(agent) + ": " + of(message));
            case Effect.Refuse(long _, var why, var _) -> Optional.of("refuses: " + why);
            case Effect.Moved(Status status) -> Optional.of("moved " + of(status));
            case Effect.KeepSeal(var sealed, var keep) ->
                    Optional.of("keeps the seal over " + sealed.seal().size() + " " + keep);
            case Effect.Convict convict ->
                    Optional.of("convicts " + Cast.shortName(convict.agent()));
            case Effect.Warn(var agent, String what) ->
                    Optional.of("warns of " + Cast.shortName(agent) + ": " + what);
            case Effect.Stop(String why) -> Optional.of("STOPS: " + why);
            case Effect.Answer _,
                    Effect.Accepted _,
                    Effect.Stands _,
                    Effect.Hold _,
                    Effect.Release _,
                    Effect.Tell _ ->
                    Optional.empty();
        };
    }

    static String of(Entry entry) {
        return entry.serial()
                + " "
                + entry.kind()
                + (entry.fault() == 0
                        ? ""
                        : " "
                                + org.entente.protocol.Fault.numbered(entry.fault())
                                        .map(Enum::name)
                                        .orElse("?"));
    }

    static String of(Status status) {
        return brief(status.exchange())
                + "#"
                + status.attempt()
                + " "
                + status.state()
                + status.end().map(end -> " " + end).orElse("")
                + (status.serial().isPresent() ? " at " + status.serial().getAsLong() : "")
                + status.problem().map(why -> " " + why).orElse("");
    }

    static String of(ToAgent message) {
        return switch (message) {
            case ToAgent.Propose(var ask, var _) ->
                    "propose " + brief(Request.FORMAT.digest(ask.request()));
            case ToAgent.Endorse endorse ->
                    "endorse " + brief(Proposal.FORMAT.digest(endorse.sequence().proposal()));
            case ToAgent.Attest attest -> "attest " + brief(attest.submission());
            case ToAgent.Grown(var _, long size) -> "grown " + size;
            case ToAgent.Certified(var sealed) -> "certified " + sealed.seal().size();
            case ToAgent.Bring(var _, long serial) -> "bring " + serial;
            case ToAgent.Observe(var _, long serial) -> "observe " + serial;
            case ToAgent.Look(var settlement) -> "look " + settlement.serial();
            case ToAgent.BringAgain(var _, long serial) -> "bring again " + serial;
            case ToAgent.Elsewhere _ -> "elsewhere";
        };
    }

    static String of(ToRelay message) {
        return switch (message) {
            case ToRelay.Hello(long term, var _) -> "hello " + term;
            case ToRelay.Proposed proposed -> "proposed " + brief(proposed.proposal().request());
            case ToRelay.Endorsed endorsed -> "endorsed " + brief(endorsed.proposal());
            case ToRelay.Attested attested -> "attested " + brief(attested.submission());
            case ToRelay.Declined declined ->
                    "declined %s %s: %s %s"
                            .formatted(
                                    declined.stage(),
                                    brief(declined.about()),
                                    org.entente.protocol.Fault.numbered(declined.fault())
                                            .map(Enum::name)
                                            .orElse("?"),
                                    declined.detail());
            case ToRelay.Sealing sealing -> "sealing " + sealing.seal().size();
            case ToRelay.Objected objected ->
                    "objected to " + objected.serial() + ": " + objected.detail();
            case ToRelay.Brought brought ->
                    "brought " + brought.serial() + ": " + brought.fault() + " " + brought.detail();
            case ToRelay.Observed observed ->
                    "observed "
                            + observed.settlement().serial()
                            + " "
                            + observed.settlement().end();
            case ToRelay.Broken(var said, var _) ->
                    "broken " + said.chain() + " " + said.state() + " since " + said.since();
            case ToRelay.Looked(var _, long serial, var found) -> "looked " + serial + " " + found;
            case ToRelay.Elsewhere _ -> "elsewhere";
        };
    }

    static String brief(Digest digest) {
        return digest.hex().substring(0, 8);
    }
}
