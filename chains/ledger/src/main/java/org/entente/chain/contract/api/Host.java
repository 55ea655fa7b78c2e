package org.entente.chain.contract.api;

/// What a contract sees of its chain during one call. Whatever it may not do ends the call at once,
/// and nothing of it takes effect.
public interface Host {
    boolean has(byte[] key);

    /// The value of a key; no bytes where it has none.
    byte[] get(byte[] key);

    /// Where a key was written last, to be compared with what the caller saw; no bytes where it has
    /// no value.
    byte[] version(byte[] key);

    /// The keys that begin so and have a value, ascending.
    byte[][] keys(byte[] prefix, int countMax);

    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /// Tells whoever listens, if the call takes effect.
    ///
    /// @param topic a name: a-z, 0-9, and . _ - within
    void emit(String topic, byte[] data);

    /// The key of the account whose transaction this is, 64 bytes.
    byte[] caller();

    /// The transaction's id, 32 bytes.
    byte[] transaction();

    /// 32 bytes that are the same on every node. Whoever makes the block knows them before.
    byte[] random();

    /// The time of the block, in milliseconds since 1970.
    long blockTime();

    long height();

    /// SHA-256.
    byte[] hash(byte[] data);

    /// Whether a P-256 key (64 bytes) signed what has this SHA-256 digest (64 bytes of signature).
    boolean verify(byte[] key, byte[] digest, byte[] signature);

    /// Ends the call: the caller may not do this. Never returns; `throw` it, for the compiler.
    RuntimeException denied(String why);

    /// Ends the call: what the caller saw has changed.
    RuntimeException stale(String why);

    /// Ends the call for any other reason.
    RuntimeException abort(String why);
}
