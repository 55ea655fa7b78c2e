package org.entente.trials.por;

import org.entente.chain.por.Message;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Template;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.trials.simulation.Chance;

import java.util.List;

/// A node that lies: scatters several blocks upon one, changes bytes of blocks, promises blocks
/// that are not there.
final class Rogue {
    private static final int SCATTERED_COUNT = 4;

    private final World world;
    private final Chance chance;

    Rogue(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    private boolean is(Node node) {
        return node.index == world.plan().rogue();
    }

    /// It has found a block: it finds some more, for a moment's work.
    void scatter(Node node, Template template) {
        if (!is(node) || chance.in(0.5)) {
            return;
        }
        for (int count = 0; count < SCATTERED_COUNT; count++) {
            BlockHeader header = template.header().with(world.mine().nonce());
            world.mine().pay(header, template.target());
            Bytes signature =
                    node.signer()
                            .sign(
                                    Certificate.signed(
                                            world.chain(),
                                            template.creation().height(),
                                            header.hash()));
            PorBlock block =
                    new PorBlock(header, template.creation(), template.transactions(), signature);
            tell(node, new Message.Blocks(List.of(block.bytes())));
        }
    }

    /// Now and then it says what is not so.
    void lie(Node node) {
        if (!is(node) || !node.isUp()) {
            return;
        }
        if (chance.in(0.5)) {
            Digest none = Digest.of(Bytes.utf8("none " + chance.number()));
            tell(node, new Message.Have(node.tree().best().height() + chance.below(50), none));
        } else {
            node.tree().best().block().ifPresent(block -> tell(node, changed(block)));
        }
    }

    private Message changed(PorBlock block) {
        byte[] bytes = block.bytes().toArray();
        bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
        return new Message.Blocks(List.of(Bytes.copyOf(bytes)));
    }

    private void tell(Node node, Message message) {
        Node to = chance.one(world.nodes());
        if (to != node && to.isUp()) {
            world.send(node, to, message);
        }
    }
}
