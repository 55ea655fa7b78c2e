package org.entente.client.cli.command;

import org.entente.client.Problem;
import org.entente.client.Refused;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a command has to say: lines for people, fields for programs, and what to do next.
///
/// @param refusal when the answer itself is a refusal: printed after the lines, ends with 1
public record Answer(
        List<String> lines, Optional<String> next, Fields json, Optional<Problem> refusal) {
    public Answer {
        lines = List.copyOf(lines);
    }

    public static Answer of(String line, Fields json) {
        return of(List.of(line), json);
    }

    public static Answer of(List<String> lines, Fields json) {
        return new Answer(lines, Optional.empty(), json, Optional.empty());
    }

    /// With one more line for people.
    public Answer line(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new Answer(more, next, json, refusal);
    }

    public Answer next(String hint) {
        return new Answer(lines, Optional.of(hint), json, refusal);
    }

    public Answer refusedBy(Verdict.Rejected why) {
        return new Answer(lines, Optional.empty(), json, Optional.of(new Refused(why).problem()));
    }
}
