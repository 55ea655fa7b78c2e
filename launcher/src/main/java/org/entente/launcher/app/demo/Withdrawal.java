package org.entente.launcher.app.demo;

import org.entente.client.Failure;
import org.entente.protocol.Fault;

import java.io.IOException;

/// The key of the press was copied, so its certificate is withdrawn: the chain refuses the next
/// batch that this key signs, each node tells of it, and the press goes on with a new key. What
/// only the gateway says is refused too.
final class Withdrawal {
    private final Press press;
    private final Tally tally;

    Withdrawal(Press press, Tally tally) {
        this.press = press;
        this.tally = tally;
    }

    void play() throws Failure, IOException, InterruptedException {
        Device device = press.device();
        refused(Press.Word.NONE, Fault.UNSIGNED);
        device.withdraw("the key was copied");
        refused(Press.Word.SIGNED, Fault.CERTIFICATE_REVOKED);
        String alert =
                "%s  %s: batch %d of %s"
                        .formatted(
                                Device.IDENTIFIER,
                                Fault.CERTIFICATE_REVOKED,
                                press.next(),
                                Press.SERIES);
        String told = device.refusals();
        tally.expect(told.contains(alert), "no node tells '" + alert + "' but: " + told);
        device.replaceKey();
    }

    private void refused(Press.Word word, Fault fault) throws Failure, IOException {
        boolean refused = press.isRefused(word, fault);
        tally.expect(refused, "a batch with the word " + word + " was not refused " + fault);
        if (refused) {
            tally.rejected(fault.name());
        }
    }
}
