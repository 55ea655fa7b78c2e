package org.entente.relay;

import org.entente.protocol.Signature;
import org.entente.protocol.log.Rejection;

/// The relay's word that a submission is INVALID, with its signature over the rejection's digest.
public record SignedRejection(Rejection rejection, Signature signature) {}
