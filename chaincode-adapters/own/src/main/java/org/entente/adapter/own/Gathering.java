package org.entente.adapter.own;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Answers of one source about several keys, brought to one block although each was given as of the
/// head of its moment (docs/adapters.md §5.3).
///
/// A leaf that is the same at two heights was the same between them, since each write counts up. So
/// each key has a span of heights over which it is known; a block within all spans is a snapshot.
public final class Gathering {
    private final TreeMap<StateKey, Span> spans = new TreeMap<>();
    private final TreeMap<Long, CertifiedHeader> headers = new TreeMap<>();

    private record Span(long from, Proved last) {
        long to() {
            return last.height();
        }

        Span with(Proved next) {
            boolean isLater = next.height() > to();
            if (next.leaf().equals(last.leaf())) {
                return new Span(Math.min(from, next.since()), isLater ? next : last);
            }
            return isLater ? new Span(next.since(), next) : this;
        }
    }

    /// Takes an answer, unless its source has shown another block at that height.
    public Verdict take(Proved proved) {
        CertifiedHeader before = headers.computeIfAbsent(proved.height(), _ -> proved.certified());
        if (!before.header().equals(proved.certified().header())) {
            return Verdict.rejected(
                    Fault.BAD_PROOF, "two blocks with the height " + proved.height());
        }
        spans.merge(proved.key(), new Span(proved.since(), proved), (span, _) -> span.with(proved));
        return Verdict.accepted();
    }

    /// Which keys are to be asked again: they were answered before another was written.
    public List<StateKey> behind() {
        long from = from();
        return spans.entrySet().stream()
                .filter(each -> each.getValue().to() < from)
                .map(each -> each.getKey())
                .toList();
    }

    /// The block that all answers hold at; present once nothing is behind.
    public Optional<CertifiedHeader> header() {
        return spans.values().stream()
                .min((one, other) -> Long.compare(one.to(), other.to()))
                .filter(first -> first.to() >= from())
                .map(first -> first.last().certified());
    }

    /// The answers, ascending by key.
    public Collection<Proved> answers() {
        return spans.values().stream().map(Span::last).toList();
    }

    private long from() {
        return spans.values().stream().mapToLong(Span::from).max().orElse(0);
    }
}
