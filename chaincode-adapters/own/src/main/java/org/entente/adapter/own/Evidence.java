package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.Optional;

/// What one node has shown of its chain, by which its headers are judged. Immutable.
public interface Evidence {
    /// What the node is asked for before a header of this height can be judged: a path of its API.
    /// Empty: enough is known.
    Optional<String> missing(long height);

    /// With what it answered.
    Parsed<Evidence> with(Bytes shown);

    /// Whether a header is final and of this chain, once nothing is missing for it.
    Verdict check(CertifiedHeader certified);
}
