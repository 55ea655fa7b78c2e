package org.entente.registry.policy;

import org.entente.protocol.OrganisationId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The searches that one record asks for (protocol.md §4.3). Equal ones are made once, and all of
/// them together visit a limited number of states, so that no record takes the time of everybody.
public final class Searches {
    /// A second or two of one core.
    public static final int STATE_COUNT_MAX = 400_000;

    private record Question(SortedSet<OrganisationId> organisations, List<List<Criterion>> ways) {}

    private record Answer(Question question, Optional<SmallestSets> sets) {}

    private final List<Answer> answers = new ArrayList<>();
    private int left;

    public Searches() {
        this(STATE_COUNT_MAX);
    }

    Searches(int states) {
        left = states;
    }

    /// Empty when an exact answer would take more states than are left.
    Optional<SmallestSets> smallest(
            SortedSet<OrganisationId> organisations, List<List<Criterion>> ways) {
        Question question = new Question(organisations, ways);
        Optional<Answer> known =
                answers.stream().filter(answer -> answer.question.equals(question)).findFirst();
        if (known.isPresent()) {
            return known.get().sets;
        }
        Optional<SmallestSets> sets = SetSearch.smallest(organisations, ways, this);
        answers.add(new Answer(question, sets));
        return sets;
    }

    /// Takes one state; false when none is left.
    boolean visit() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    int left() {
        return left;
    }
}
