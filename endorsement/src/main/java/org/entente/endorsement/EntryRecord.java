package org.entente.endorsement;

import org.entente.protocol.Bytes;
import org.entente.protocol.log.Entry;

/// One record of a log as it is stored and handed on: the entry and the bytes that its two digests
/// stand for.
///
/// @param content the change, sequence, cancellation or settlement
/// @param evidence the approvals, evidence, grounds or observations
public record EntryRecord(Entry entry, Bytes content, Bytes evidence) {}
