package org.entente.chain.por;

import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Header;
import org.entente.chain.Receipt;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.light.por.Link;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Optional;

/// A block that holds, with what it made of the chain. The state is immutable and shares with its
/// parent what it did not change, so each block keeps its own and nothing is ever undone
/// (docs/decisions/0021).
///
/// @param parent the hash of the block before
/// @param by the rules it was judged by
/// @param receipts of its transactions
/// @param block empty where it was read from a snapshot, and of block 0
public record Placed(
        Link link,
        Ledger ledger,
        Digest parent,
        Rules by,
        List<Receipt> receipts,
        Optional<PorBlock> block) {
    public Placed {
        receipts = List.copyOf(receipts);
    }

    /// As it is kept and shown.
    public Block stored() {
        return new Block(
                ledger.head(), block.map(PorBlock::transactions).orElse(List.of()), receipts);
    }

    /// Block 0, which nobody made.
    ///
    /// @param settings that the genesis has
    /// @param governance [StrongContracts] of these settings
    public static Placed begun(Genesis genesis, Settings settings, Governance governance) {
        Header first = Ledger.first(genesis, governance);
        Ledger ledger = Ledger.begun(genesis, governance, new CertifiedHeader(first, Bytes.EMPTY));
        Link link = Link.first(settings, genesis.digest(), first.digest(), genesis.time());
        return new Placed(
                link, ledger, genesis.digest(), settings.rules(), List.of(), Optional.empty());
    }

    public long height() {
        return link.height();
    }

    public Digest hash() {
        return link.hash();
    }

    public boolean isBy(VerifyingKey creator) {
        return block.map(it -> it.creation().creator().equals(creator)).orElse(false);
    }

    /// Who made it, as it was then. Of a block.
    Member maker() {
        return by.member(block.orElseThrow().creation().creator()).orElseThrow();
    }

    /// For whom its transactions are of no interest.
    public Placed bare() {
        return new Placed(link, ledger, parent, by, List.of(), Optional.empty());
    }
}
