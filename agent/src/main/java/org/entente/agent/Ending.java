package org.entente.agent;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate that the process depends on, and when it ends (protocol.md §2.6).
///
/// @param subject a word for it that never changes: `agent-1`, `enrolment CA 2`
public record Ending(String subject, Instant notAfter) {
    /// The days before the end at which a person is warned, once each.
    public enum Notice {
        NONE(Duration.ofDays(Long.MAX_VALUE / 86_400)),
        MONTH(Duration.ofDays(30)),
        WEEK(Duration.ofDays(7)),
        DAY(Duration.ofDays(1)),
        ENDED(Duration.ZERO);

        private final Duration left;

        Notice(Duration left) {
            this.left = left;
        }
    }

    /// What ends, the agent's own certificate first.
    public static List<Ending> of(Certificate identity, List<Authorities> generations) {
        List<Ending> endings = new ArrayList<>();
        identity.node()
                .ifPresent(
                        node -> endings.add(new Ending(node.name().text(), identity.notAfter())));
        for (Certificate ca : generations.getLast().all()) {
            endings.add(
                    new Ending(
                            ca.kind() + " " + generations.getLast().generation(), ca.notAfter()));
        }
        return List.copyOf(endings);
    }

    public Duration left(Instant now) {
        return Duration.between(now, notAfter);
    }

    /// The latest notice that is due.
    public Notice notice(Instant now) {
        Notice due = Notice.NONE;
        for (Notice notice : Notice.values()) {
            if (left(now).compareTo(notice.left) <= 0) {
                due = notice;
            }
        }
        return due;
    }

    /// For logs and readiness.
    public String words(Instant now) {
        Duration left = left(now);
        return left.isNegative() || left.isZero()
                ? subject + " ended " + notAfter
                : subject + " ends in " + left.toDays() + " days, at " + notAfter;
    }
}
