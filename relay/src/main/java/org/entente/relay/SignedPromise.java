package org.entente.relay;

import org.entente.protocol.Signature;
import org.entente.protocol.log.Promise;

/// The relay's word that a submission gets a serial, with its signature over the promise's digest.
public record SignedPromise(Promise promise, Signature signature) {}
