package org.entente.certs.journal;

import org.entente.certs.issue.Ledger;
import org.entente.certs.issue.LedgerEntry;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Spends the tokens 0 to n−1 of a ledger, as one of several that compete for them; prints those it
/// got.
final class TokenSpender {
    private TokenSpender() {}

    public static void main(String[] words) throws IOException, LedgerUnavailable {
        try (FileLedger ledger = FileLedger.open(Path.of(words[0]))) {
            for (int number = 0; number < Integer.parseInt(words[1]); number++) {
                if (spend(ledger, token(number)).verdict().isAccepted()) {
                    System.out.println(number);
                }
            }
        }
    }

    static Digest token(int number) {
        return Digest.of(Bytes.utf8("token " + number));
    }

    static Parsed<Digest> spend(Ledger ledger, Digest token) throws LedgerUnavailable {
        return ledger.decide(state ->
                state.token(token).orElseThrow().used().isPresent()
                        ? Parsed.refused(Fault.TOKEN_USED, token)
                        : Parsed.of(
                                new Ledger.Decision<>(
                                        token,
                                        List.of(
                                                new LedgerEntry.TokenUsed(
                                                        token, token.bytes().slice(0, 16))))));
    }
}
