package org.entente.light.por;

import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.TreeSet;

/// When a block is final: deep enough, and below blocks of more than half of those who could have
/// made it (docs/chains/por.md §3.3).
public final class Burial {
    private Burial() {}

    /// A block above counts where its maker is the same member ([Member#isSame]): that it signs
    /// with a key that the key before it has named is seen to wherever rules change ([Following]).
    ///
    /// @param rules by which the block was judged
    /// @param above who made the blocks above it, as the rules of those blocks have them, in any
    ///   order
    public static boolean isDeep(Rules rules, List<Member> above) {
        if (above.size() < rules.depth()) {
            return false;
        }
        TreeSet<VerifyingKey> members = new TreeSet<>();
        for (Member each : above) {
            if (rules.member(each.account()).filter(each::isSame).isPresent()) {
                members.add(each.account());
            }
        }
        return members.size() >= rules.majority();
    }
}
