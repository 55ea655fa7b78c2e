package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.OrganisationId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which offers meet which wants, and which alliances follow (protocol.md §3).
///
/// An offer meets a want of another organisation when chain and operation are equal, the wanted
/// resources are among the offered ones, the wanted rate is within the offered one, and the wanting
/// node is on another chain.
public final class Matching {
    private static final Comparator<Match> ORDER =
            Comparator.<Match, OrganisationId>comparing(Match::offering)
                    .thenComparing(Match::wanting)
                    .thenComparing(match -> match.offer().digest())
                    .thenComparing(match -> match.want().digest())
                    .thenComparing(Match::destination);

    private Matching() {}

    public static List<Match> matches(Registry registry, Instant now) {
        List<FiledRequirement> offers = open(registry, Requirement.Direction.OFFER, now);
        List<FiledRequirement> wants = open(registry, Requirement.Direction.WANT, now);
        List<Match> matches = new ArrayList<>();
        for (FiledRequirement want : wants) {
            for (FiledRequirement offer : offers) {
                if (meets(offer.requirement(), want.requirement())) {
                    destinations(registry, want.requirement())
                            .forEach(chain -> matches.add(new Match(offer, want, chain)));
                }
            }
        }
        matches.sort(ORDER);
        return List.copyOf(matches);
    }

    /// The organisations that matches join, group by group.
    public static List<SuggestedAlliance> suggestions(List<Match> matches) {
        TreeMap<OrganisationId, OrganisationId> representative = new TreeMap<>();
        for (Match match : matches) {
            OrganisationId one = find(representative, match.offering());
            OrganisationId other = find(representative, match.wanting());
            representative.put(one, one);
            representative.put(other, one);
        }
        TreeMap<OrganisationId, List<Match>> groups = new TreeMap<>();
        for (Match match : matches) {
            groups.computeIfAbsent(find(representative, match.offering()), _ -> new ArrayList<>())
                    .add(match);
        }
        return groups.values().stream().map(SuggestedAlliance::new).toList();
    }

    private static OrganisationId find(
            SortedMap<OrganisationId, OrganisationId> representative, OrganisationId of) {
        OrganisationId at = of;
        OrganisationId above = representative.getOrDefault(at, at);
        while (!above.equals(at)) {
            at = above;
            above = representative.getOrDefault(at, at);
        }
        return at;
    }

    private static boolean meets(Requirement offer, Requirement want) {
        return !offer.node().organisation().equals(want.node().organisation())
                && offer.chain().equals(want.chain())
                && offer.operation().equals(want.operation())
                && offer.ratePerHour() >= want.ratePerHour()
                && offer.resource().contains(want.resource());
    }

    private static List<ChainId> destinations(Registry registry, Requirement want) {
        RegisteredNode node = registry.nodes().get(want.node());
        return node == null
                ? List.of()
                : node.chains().stream().filter(chain -> !chain.equals(want.chain())).toList();
    }

    private static List<FiledRequirement> open(
            Registry registry, Requirement.Direction direction, Instant now) {
        return registry.requirements().values().stream()
                .filter(filed -> filed.requirement().direction() == direction)
                .filter(filed -> filed.isOpen(now))
                .toList();
    }
}
