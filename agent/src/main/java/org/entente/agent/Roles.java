package org.entente.agent;

import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;

import java.util.SortedSet;

/// Which roles the organisation gave a node with its token (protocol.md §2.3).
@FunctionalInterface
public interface Roles {
    SortedSet<Name> of(NodeId node) throws LedgerUnavailable;
}
