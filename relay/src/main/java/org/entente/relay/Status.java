package org.entente.relay;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Moved;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How far one attempt at an exchange is (docs/exchange.md §3).
///
/// @param exchange the digest of the exchange's name
/// @param arguments the digest that the request has of them
/// @param asked the digest of the bytes that were asked; the same bytes get the same answer
/// @param settlement the serial of the SETTLED entry
/// @param affected marks by replaced final blocks, as of when it was looked at
/// @param moved for a fault about versions, each key with both
public record Status(
        AllianceId alliance,
        Digest exchange,
        FlowName flow,
        int attempt,
        Digest request,
        Digest arguments,
        Digest asked,
        State state,
        Optional<End> end,
        OptionalLong serial,
        OptionalLong settlement,
        Optional<Verdict.Rejected> problem,
        List<Moved> moved,
        Optional<SignedPromise> promise,
        Optional<SignedRejection> rejection,
        List<Affected> affected) {
    /// In the order in which they are reached.
    public enum State {
        ASKED,
        PROPOSED,
        ENDORSED,
        SUBMITTED,
        COMMITTED,
        SEALED,
        DELIVERING,
        SETTLED
    }

    /// How it ended.
    public enum End {
        APPLIED,
        REFUSED,
        CANCELLED,
        INVALID,
        FAILED_UNORDERED
    }

    public Status {
        moved = List.copyOf(moved);
        affected = List.copyOf(affected);
    }

    static Status asked(
            AllianceId alliance,
            Digest exchange,
            FlowName flow,
            int attempt,
            Digest request,
            Digest arguments,
            Digest asked) {
        return new Status(
                alliance,
                exchange,
                flow,
                attempt,
                request,
                arguments,
                asked,
                State.ASKED,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public boolean isFinal() {
        return end.isPresent();
    }

    /// Whether there is nothing more to wait for when that state was asked for.
    public boolean hasReached(State wanted) {
        return isFinal() || state.compareTo(wanted) >= 0;
    }

    Status in(State next) {
        return with(next, end, serial, settlement, problem);
    }

    Status promised(SignedPromise promised) {
        return words(state, end, problem, moved, Optional.of(promised), rejection);
    }

    Status ordered(long at) {
        return with(state, end, OptionalLong.of(at), settlement, problem);
    }

    Status failed(Verdict.Rejected why) {
        return with(state, Optional.of(End.FAILED_UNORDERED), serial, settlement, Optional.of(why));
    }

    Status invalid(Verdict.Rejected why, List<Moved> keys, SignedRejection signed) {
        return words(
                State.COMMITTED,
                Optional.of(End.INVALID),
                Optional.of(why),
                keys,
                promise,
                Optional.of(signed));
    }

    /// @param at the serial of the SETTLED entry
    Status settled(End how, long at, Optional<Verdict.Rejected> why) {
        return with(State.SETTLED, Optional.of(how), serial, OptionalLong.of(at), why);
    }

    Status marked(List<Affected> marks) {
        return new Status(
                alliance,
                exchange,
                flow,
                attempt,
                request,
                arguments,
                asked,
                state,
                end,
                serial,
                settlement,
                problem,
                moved,
                promise,
                rejection,
                marks);
    }

    private Status with(
            State nextState,
            Optional<End> nextEnd,
            OptionalLong nextSerial,
            OptionalLong nextSettlement,
            Optional<Verdict.Rejected> nextProblem) {
        return new Status(
                alliance,
                exchange,
                flow,
                attempt,
                request,
                arguments,
                asked,
                nextState,
                nextEnd,
                nextSerial,
                nextSettlement,
                nextProblem,
                moved,
                promise,
                rejection,
                affected);
    }

    private Status words(
            State nextState,
            Optional<End> nextEnd,
            Optional<Verdict.Rejected> nextProblem,
            List<Moved> nextMoved,
            Optional<SignedPromise> nextPromise,
            Optional<SignedRejection> nextRejection) {
        return new Status(
                alliance,
                exchange,
                flow,
                attempt,
                request,
                arguments,
                asked,
                nextState,
                nextEnd,
                serial,
                settlement,
                nextProblem,
                nextMoved,
                nextPromise,
                nextRejection,
                affected);
    }
}
