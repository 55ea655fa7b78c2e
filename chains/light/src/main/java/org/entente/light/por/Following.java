package org.entente.light.por;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain as whoever reads it follows it, from the genesis on: nothing is believed but work and
/// signatures, and nothing is taken before it is final. Immutable.
///
/// @param last the newest final block; at first [Link#first]
public record Following(HeaderJudge judge, Link last) {

    /// One block that has become final.
    public record Step(long height, Digest ledger) {}

    /// @param steps what has become final by what was shown, in order
    public record Advance(Following after, List<Step> steps) {
        public Advance {
            steps = List.copyOf(steps);
        }
    }

    /// Goes on as far as the blocks shown make those before them final.
    ///
    /// @param trail from the block behind [#last] on
    public Parsed<Advance> advance(Trail trail) {
        List<Link> links = new ArrayList<>();
        List<Member> makers = new ArrayList<>();
        links.add(last);
        for (Certificate certificate : trail.certificates()) {
            Link parent = ruled(links.getLast(), certificate, trail.rules());
            if (!judge.isHandedOver(links.getLast().rules(), parent.rules())) {
                return Parsed.refused(
                        Fault.BAD_SIGNATURE,
                        "a member's key changes behind block %d without its own word"
                                .formatted(parent.height()));
            }
            links.set(links.size() - 1, parent);
            if (judge.check(certificate, parent) instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            makers.add(parent.rules().member(certificate.creation().creator()).orElseThrow());
            links.add(parent.with(certificate, parent.rules()));
        }
        return Parsed.of(advanced(links, makers));
    }

    /// The rules behind a block are shown by the next one. Whoever makes a block could invent them;
    /// that they came about by the members' will follows when the block itself is final by the
    /// rules before them: most of those members have built upon it.
    private static Link ruled(Link parent, Certificate next, List<Rules> shown) {
        Digest digest = next.creation().rules();
        if (parent.rules().digest().equals(digest)) {
            return parent;
        }
        Optional<Rules> rules =
                shown.stream().filter(each -> each.digest().equals(digest)).findFirst();
        return rules.map(it ->
                        new Link(
                                parent.height(),
                                parent.hash(),
                                parent.ledger(),
                                parent.time(),
                                parent.window(),
                                it))
                .orElse(parent);
    }

    /// @param makers of the blocks behind the first link
    private Advance advanced(List<Link> links, List<Member> makers) {
        List<Step> steps = new ArrayList<>();
        int index = 1;
        while (index < links.size()
                && Burial.isDeep(
                        links.get(index - 1).rules(), makers.subList(index, makers.size()))) {
            Link link = links.get(index);
            steps.add(new Step(link.height(), link.ledger()));
            index++;
        }
        return new Advance(new Following(judge, links.get(index - 1)), steps);
    }

    /// Which block is asked for next.
    public long next() {
        return last.height() + 1;
    }
}
