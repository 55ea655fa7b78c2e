package org.entente.chain.industrial;

import org.entente.light.industrial.Ballot;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// Two words of one sealer where it may say one: a proof that it lies.
public record Equivocation(Ballot one, Ballot other) {
    public Equivocation {
        if (!one.contradicts(other)) {
            throw new IllegalArgumentException("these do not contradict each other");
        }
    }

    public VerifyingKey sealer() {
        return one.sealer();
    }

    static void write(Encoder encoder, Equivocation equivocation) {
        Ballot.write(encoder, equivocation.one);
        Ballot.write(encoder, equivocation.other);
    }

    static Equivocation read(Decoder decoder) {
        return new Equivocation(Ballot.read(decoder), Ballot.read(decoder));
    }
}
