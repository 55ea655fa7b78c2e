package org.entente.client.cli.exchange;

import org.entente.client.ExchangeStatus;
import org.entente.client.Outcome;
import org.entente.client.Problem;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Fields;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What came of an asking, in words and as JSON.
final class Outcomes {
    private Outcomes() {}

    static Answer answer(Outcome outcome) {
        Fields json = Fields.of("exchange", outcome.exchange());
        List<String> lines = new ArrayList<>();
        Optional<Problem> refusal = Optional.empty();
        String next = "entente receipt " + outcome.exchange() + " --out FILE";
        switch (outcome.ending()) {
            case Outcome.Settled(Settlement.End end, long serial, Optional<Problem> problem) -> {
                json.and("outcome", end).and("serial", serial);
                lines.add("settled: " + end + " (serial " + serial + ")");
                if (end != Settlement.End.APPLIED) {
                    refusal = Optional.of(problem.orElseGet(() -> cancelled(end)));
                }
            }
            case Outcome.Sealed(long serial) -> {
                json.and("outcome", "SEALED").and("serial", serial);
                lines.add("sealed: VALID (serial " + serial + ")");
            }
            case Outcome.Invalid(Problem problem, long serial, List<String> reads) -> {
                json.and("outcome", "INVALID").and("serial", serial).and("reads", reads);
                lines.add("invalid: serial " + serial);
                reads.forEach(read -> lines.add("moved: " + read));
                refusal = Optional.of(problem);
            }
            case Outcome.Failed(Problem problem) -> {
                json.and("outcome", "FAILED_UNORDERED");
                lines.add("failed: it has no serial");
                refusal = Optional.of(problem);
            }
            case Outcome.Open(var seen) -> {
                json.and("outcome", "OPEN").and("state", seen.map(ExchangeStatus::state));
                lines.add("open: it has not ended");
            }
        }
        lines.add("exchange: " + outcome.exchange());
        json.and("attempts", outcome.attempts().stream().map(Outcomes::attempt).toList());
        return new Answer(
                lines, refusal.isPresent() ? Optional.empty() : Optional.of(next), json, refusal);
    }

    private static Problem cancelled(Settlement.End end) {
        return new Problem(
                end.name(),
                409,
                "the destination ended it as " + end,
                "Ask anew if it is still wanted.",
                false,
                Optional.empty());
    }

    private static Fields attempt(Outcome.Attempt attempt) {
        return Fields.of("attempt", attempt.number())
                .and("request", attempt.request())
                .and("sendings", attempt.sendings())
                .and("events", attempt.events());
    }

    /// Whether there is an entry that a receipt can show.
    static boolean isLogged(Outcome.Ending ending) {
        return switch (ending) {
            case Outcome.Settled _, Outcome.Sealed _, Outcome.Invalid _ -> true;
            case Outcome.Failed _, Outcome.Open _ -> false;
        };
    }
}
