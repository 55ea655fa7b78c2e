package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What an audit saw of an alliance's log.
///
/// @param size the entries that were read
/// @param root of all of them
/// @param sealed how far a majority sealed them, 0 when nobody did
/// @param counts how many entries of each kind, outcome and fault hold
/// @param findings what does not hold, the first serial first
/// @param convictions whose own signatures contradict each other or the log
public record AuditReport(
        AllianceId alliance,
        long size,
        Digest root,
        long sealed,
        SortedMap<String, Long> counts,
        Optional<Instant> from,
        Optional<Instant> to,
        List<Finding> findings,
        List<Conviction> convictions) {
    /// What is wrong with a log.
    public enum What {
        REMOVED,
        SWAPPED,
        INSERTED,
        EDITED,
        /// Another entry stands where one was shown or sealed.
        FORKED
    }

    /// @param serial the first that is concerned; empty when it cannot be told
    public record Finding(What what, Optional<Long> serial, String words) {
        static Finding at(long serial, What what, String words) {
            return new Finding(what, Optional.of(serial), words);
        }
    }

    /// Evidence against somebody, which anyone can check again.
    ///
    /// @param nodes those who signed; empty when it is the relay
    public record Conviction(List<NodeId> nodes, String words) {
        public Conviction {
            nodes = List.copyOf(nodes);
        }
    }

    public AuditReport {
        counts = Sorted.copyOf(counts);
        findings = List.copyOf(findings);
        convictions = List.copyOf(convictions);
    }

    public boolean holds() {
        return findings.isEmpty() && convictions.isEmpty();
    }
}
