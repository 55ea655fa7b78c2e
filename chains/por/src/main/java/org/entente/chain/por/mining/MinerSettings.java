package org.entente.chain.por.mining;

/// How a node searches.
///
/// @param hashesPerSecondMax 0: as fast as it can
/// @param nonceCount how many nonces a template has, from 0 on
public record MinerSettings(long hashesPerSecondMax, long nonceCount) {
    public static final long ALL_NONCES = 1L << Integer.SIZE;

    public MinerSettings {
        if (hashesPerSecondMax < 0 || nonceCount < 1 || nonceCount > ALL_NONCES) {
            throw new IllegalArgumentException(
                    hashesPerSecondMax + " hashes per second, " + nonceCount + " nonces");
        }
    }

    public static MinerSettings limited(long hashesPerSecondMax) {
        return new MinerSettings(hashesPerSecondMax, ALL_NONCES);
    }
}
