package org.entente.chain.industrial.register.alert;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.protocol.Fault;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.log.Settlement;

import java.util.Optional;

/// What was brought to an inbox contract and failed, or was refused there; remembers nothing.
final class ExchangeRule implements Rule {
    @Override
    public boolean on(Transaction transaction, Receipt receipt, Heard heard) {
        if (transaction.action() instanceof Action.Bring bring) {
            brought(bring, receipt, heard);
        }
        return false;
    }

    private static void brought(Action.Bring bring, Receipt receipt, Heard heard) {
        int fault =
                receipt.status() == Receipt.Status.FAILED
                        ? receipt.fault()
                        : bring.kind() == Action.Notice.DELIVERY
                                ? Settlement.FORMAT.decode(receipt.result()).orThrow().fault()
                                : 0;
        if (fault != 0) {
            heard.tell(
                    AlertType.EXCHANGE_INVALID,
                    Optional.empty(),
                    bring.inbox(),
                    Optional.empty(),
                    Fault.numbered(fault).orElseThrow() + ": " + bring.kind());
        }
    }

    @Override
    public void end(Heard heard) {}

    @Override
    public void write(Encoder encoder) {}
}
