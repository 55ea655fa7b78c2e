package org.entente.chain.por;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Creation;
import org.entente.protocol.Bytes;

import java.math.BigInteger;
import java.util.List;

/// A block that lacks its nonce and its signature.
///
/// @param target what the header's hash must be below
public record Template(
        Placed parent,
        BlockHeader header,
        Creation creation,
        List<SignedTransaction> transactions,
        Ledger.Made made,
        BigInteger target) {
    public Template {
        transactions = List.copyOf(transactions);
    }

    PorBlock block(long nonce, Bytes signature) {
        return new PorBlock(header.with(nonce), creation, transactions, signature);
    }
}
