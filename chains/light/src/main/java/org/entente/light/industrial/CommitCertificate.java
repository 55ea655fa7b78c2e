package org.entente.light.industrial;

import org.entente.certs.Verifier;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What makes a header final: a quorum's COMMITs in one view. It is the certificate of the ledger's
/// header; nodes may have different ones of one header (docs/chains/industrial.md §2).
public record CommitCertificate(
        Turn turn, Digest header, SortedMap<VerifyingKey, Signature> commits) {
    public static final Format<CommitCertificate> FORMAT =
            new Format<>(
                    IcbTag.CERTIFICATE,
                    16 * 1024,
                    CommitCertificate::write,
                    CommitCertificate::read);

    private record Commit(VerifyingKey sealer, Signature signature) {
        private static void write(Encoder encoder, Commit commit) {
            encoder.key(commit.sealer).signature(commit.signature);
        }

        private static Commit read(Decoder decoder) {
            return new Commit(decoder.key(), decoder.signature());
        }
    }

    public CommitCertificate {
        commits = Sorted.copyOf(commits);
        if (commits.isEmpty() || commits.size() > Sealers.COUNT_MAX) {
            throw new IllegalArgumentException("a certificate of " + commits.size());
        }
    }

    /// Whether these sealers made it final.
    public Verdict check(ChainId chain, Sealers sealers, Verifier verifier) {
        if (sealers.epoch() != turn.epoch()) {
            return Verdict.rejected(
                    Fault.NOT_A_SIGNER,
                    "a certificate of epoch " + turn.epoch() + " in epoch " + sealers.epoch());
        }
        if (commits.size() < sealers.quorum()) {
            return Verdict.rejected(
                    Fault.QUORUM_MISSED, commits.size() + " of " + sealers.quorum() + " commits");
        }
        Digest said = Ballot.said(Ballot.Phase.COMMIT, chain, turn, header);
        for (Map.Entry<VerifyingKey, Signature> commit : commits.entrySet()) {
            if (!sealers.has(commit.getKey())) {
                return Verdict.rejected(Fault.NOT_A_SIGNER, commit.getKey() + " does not seal");
            }
            if (!verifier.verify(commit.getKey(), said, commit.getValue())) {
                return Verdict.rejected(Fault.BAD_SIGNATURE, "the commit of " + commit.getKey());
            }
        }
        return Verdict.accepted();
    }

    public static void write(Encoder encoder, CommitCertificate certificate) {
        Turn.write(encoder, certificate.turn);
        encoder.digest(certificate.header)
                .list(
                        certificate.commits.entrySet().stream()
                                .map(each -> new Commit(each.getKey(), each.getValue()))
                                .toList(),
                        Commit::write);
    }

    public static CommitCertificate read(Decoder decoder) {
        Turn turn = Turn.read(decoder);
        Digest header = decoder.digest();
        var commits = decoder.list(Sealers.COUNT_MAX, Commit::read);
        Sorted.requireStrictlyAscending(
                commits.stream().map(Commit::sealer).toList(), "who committed");
        TreeMap<VerifyingKey, Signature> signatures = new TreeMap<>();
        commits.forEach(each -> signatures.put(each.sealer, each.signature));
        return new CommitCertificate(turn, header, signatures);
    }
}
