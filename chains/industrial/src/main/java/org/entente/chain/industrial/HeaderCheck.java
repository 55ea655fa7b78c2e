package org.entente.chain.industrial;

import org.entente.certs.Verifier;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Header;
import org.entente.chain.state.Reading;
import org.entente.light.industrial.CommitCertificate;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

/// Whether a certificate makes a header final (docs/chains/industrial.md §2.2).
public record HeaderCheck(ChainId chain, Verifier verifier) {
    public static HeaderCheck of(Genesis genesis, Verifier verifier) {
        return new HeaderCheck(genesis.chain(), verifier);
    }

    /// @param state in which the sealers of the header's epoch stand
    public Verdict check(CertifiedHeader certified, Reading state) {
        Header header = certified.header();
        if (header.height() == 0) {
            return certified.certificate().isEmpty()
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.INVALID_VALUE, "block 0 has no certificate");
        }
        return switch (CommitCertificate.FORMAT.decode(certified.certificate())) {
            case Parsed.Refused<CommitCertificate>(Verdict.Rejected why) -> why;
            case Parsed.Value<CommitCertificate>(CommitCertificate certificate) ->
                    isOf(certificate, header)
                            ? certificate.check(
                                    chain,
                                    Kept.sealers(
                                            state, Kept.settings(state).epoch(header.height())),
                                    verifier)
                            : Verdict.rejected(
                                    Fault.INVALID_VALUE,
                                    "a certificate of " + certificate.turn() + " for " + header);
        };
    }

    private static boolean isOf(CommitCertificate certificate, Header header) {
        return certificate.turn().height() == header.height()
                && certificate.header().equals(header.digest());
    }
}
