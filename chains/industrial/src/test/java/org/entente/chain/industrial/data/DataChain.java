package org.entente.chain.industrial.data;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Contracts;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain in memory that has the contract: blocks of one transaction each.
public final class DataChain {
    public static final Instant BEGIN = Instant.parse("2026-11-21T10:30:15Z");
    public static final ChainId CHAIN = new ChainId("icb:press");
    private static final Cryptography CRYPTOGRAPHY = Cryptography.portable();
    public static final Verifier VERIFIER = CRYPTOGRAPHY.verifier();

    public final Signer owner = fresh();
    public final Signer reader = fresh();
    private final Signer creator = fresh();
    private final List<Block> blocks = new ArrayList<>();
    private volatile Ledger ledger;

    public DataChain() {
        Genesis genesis =
                new Genesis(
                        CHAIN,
                        Solo.NAME,
                        owner.key(),
                        Sorted.copyOf(List.of(creator.key())),
                        Sorted.copyOf(List.of(reader.key())),
                        BEGIN,
                        Bytes.EMPTY);
        Governance governance =
                Governance.with(Contracts.of(List.of(new DataContract(CHAIN, VERIFIER))));
        ledger =
                Ledger.begun(
                        genesis,
                        governance,
                        Solo.certify(Ledger.first(genesis, governance), creator));
    }

    private static Signer fresh() {
        return CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(new SecureRandom()));
    }

    public Signer creator() {
        return creator;
    }

    /// From block 1 on.
    public synchronized List<Block> blocks() {
        return List.copyOf(blocks);
    }

    public Ledger ledger() {
        return ledger;
    }

    public DataBook book() {
        return new DataBook(ledger.state());
    }

    public Receipt call(Signer by, DataDeed deed) {
        return call(by, deed.method(), DataDeed.FORMAT.encode(deed), BEGIN);
    }

    synchronized Receipt call(Signer by, String method, Bytes arguments, Instant time) {
        long nonce = Account.find(ledger.state(), by.key()).orElseThrow().nonce();
        SignedTransaction signed =
                SignedTransaction.by(
                        by,
                        new Transaction(
                                CHAIN,
                                by.key(),
                                nonce,
                                new Action.Call(
                                        DataContract.NAME, method, arguments, Optional.empty())));
        Ledger.Made made = ledger.make(List.of(signed), time, creator.key(), VERIFIER);
        CertifiedHeader certified = Solo.certify(made.header(), creator);
        blocks.add(made.block(certified));
        ledger = made.certified(certified);
        return made.receipts().getFirst();
    }

    public static Fault fault(Receipt receipt) {
        return Fault.numbered(receipt.fault()).orElseThrow();
    }
}
