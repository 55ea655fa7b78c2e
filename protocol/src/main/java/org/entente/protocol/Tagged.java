package org.entente.protocol;

/// What a hash or a signature is for, where it is one of several families: [Purpose] is the
/// protocol's own; a chain has tags of its own, so that nothing of a chain passes for the
/// alliance's.
public interface Tagged {
    /// Begins the hashed bytes. A family's tags share a first word that no other family has.
    String tag();
}
