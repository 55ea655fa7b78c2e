package org.entente.protocol;

/// An alliance: the digest of its epoch record 0 (protocol.md §2.4).
public record AllianceId(Digest digest) implements Comparable<AllianceId> {
    /// What record 0 itself carries, because its own digest cannot stand in it.
    public static final AllianceId ZERO = new AllianceId(Digest.ZERO);

    public static AllianceId fromHex(String hex) {
        return new AllianceId(Digest.fromHex(hex));
    }

    @Override
    public int compareTo(AllianceId other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return digest.hex();
    }
}
