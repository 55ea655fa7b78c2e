package org.entente.chain.industrial;

import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;
import java.util.TreeSet;

/// A proof that a quorum prepared a header in one view: the primary's proposal and the others'
/// PREPAREs. Whoever has it may have committed, so it goes into the next view.
public record Prepared(Turn turn, Digest header, List<Ballot> ballots) {
    public Prepared {
        ballots = List.copyOf(ballots);
    }

    boolean holds(Self self, Roster roster) {
        TreeSet<VerifyingKey> who = new TreeSet<>();
        VerifyingKey primary = roster.primary(turn.height(), turn.view());
        for (Ballot each : ballots) {
            boolean isPrimary = each.sealer().equals(primary);
            boolean fits =
                    each.turn().equals(turn)
                            && each.header().equals(header)
                            && each.phase()
                                    == (isPrimary ? Ballot.Phase.PROPOSE : Ballot.Phase.PREPARE)
                            && roster.sealers().has(each.sealer())
                            && who.add(each.sealer());
            if (!fits || !self.holds(each)) {
                return false;
            }
        }
        return who.contains(primary) && who.size() >= roster.sealers().quorum();
    }

    static void write(Encoder encoder, Prepared prepared) {
        Turn.write(encoder, prepared.turn);
        encoder.digest(prepared.header).list(prepared.ballots, Ballot::write);
    }

    static Prepared read(Decoder decoder) {
        return new Prepared(
                Turn.read(decoder),
                decoder.digest(),
                decoder.list(Sealers.COUNT_MAX, Ballot::read));
    }
}
