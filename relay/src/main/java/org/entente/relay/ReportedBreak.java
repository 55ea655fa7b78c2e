package org.entente.relay;

import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.link.Break;

/// What an agent says of a chain, with its signature over the digest of it.
public record ReportedBreak(NodeId agent, Break said, Signature signature) {}
