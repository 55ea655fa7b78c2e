package org.entente.client;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

/// A rule stands against it: the relay's, the agent's or one that we check ourselves.
public final class Refused extends Failure {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.detail(), problem.next());
        this.problem = problem;
    }

    public Refused(Verdict.Rejected why) {
        this(Problem.of(why));
    }

    public Refused(Fault fault, String detail) {
        this(Verdict.rejected(fault, detail));
    }

    public Problem problem() {
        return problem;
    }

    /// The value, or the refusal as it goes to whoever asked.
    public static <T> T unless(Parsed<T> parsed) throws Refused {
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) -> throw new Refused(why);
        };
    }

    public static void unlessAccepted(Verdict verdict) throws Refused {
        if (verdict instanceof Verdict.Rejected why) {
            throw new Refused(why);
        }
    }
}
