package org.entente.trials.faults;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.Password;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.protocol.Bytes;
import org.entente.runtime.Threads;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Many transactions of one account to one node, as fast as it takes them.
record Burst(FaultyNetwork network, int node, Signer account, long begin, int count) {
    private static final int TAKEN = 202;
    private static final int DONE = 200;

    /// Of a node's member.
    static Burst of(FaultyNetwork network, int node, int count) throws Exception {
        Path home = network.network.nodes().get(node).directory();
        KeyFile keys =
                KeyFile.read(home.resolve("account.p12"), Password.read(home.resolve("password")));
        Signer account = Cryptography.fastest().signer(keys.keys());
        return new Burst(network, node, account, next(network, node, account), count);
    }

    long end() {
        return begin + count;
    }

    /// The nonce of the account's next transaction, as a node has it.
    long next(int at) throws Exception {
        return next(network, at, account);
    }

    private static long next(FaultyNetwork network, int node, Signer account) throws Exception {
        return network.get(node, "/v1/accounts/" + account.key()).path("nonce").asLong();
    }

    /// All of them at once.
    static void send(List<Burst> bursts, Set<String> failed) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Burst each : bursts) {
            threads.add(
                    Threads.start(
                            "burst",
                            () -> {
                                try {
                                    each.send();
                                } catch (Exception e) {
                                    failed.add(e.toString());
                                }
                            }));
        }
        for (Thread each : threads) {
            each.join();
        }
    }

    /// What there is no room for yet is sent again.
    private void send() throws Exception {
        for (long nonce = begin; nonce < end(); nonce++) {
            Action put =
                    new Action.Put(
                            Bytes.utf8("burst/" + node), Optional.empty(), Bytes.utf8("" + nonce));
            SignedTransaction signed =
                    SignedTransaction.by(
                            account,
                            new Transaction(network.network.chain(), account.key(), nonce, put));
            for (int status = network.submit(node, signed);
                    status != TAKEN && status != DONE;
                    status = network.submit(node, signed)) {
                Thread.sleep(100);
            }
        }
    }
}
