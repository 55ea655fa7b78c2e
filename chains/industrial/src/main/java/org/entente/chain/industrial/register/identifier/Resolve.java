package org.entente.chain.industrial.register.identifier;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;

/// What an account signs to be told where an identifier leads: of no other chain, identifier or
/// minute (docs/chains/industrial-registers.md §3.4).
public record Resolve(
        ChainId chain,
        Identifier identifier,
        VerifyingKey account,
        Instant time,
        Signature signature) {
    public static final Duration AGE_MAX = Duration.ofSeconds(60);
    public static final Format<Resolve> FORMAT =
            new Format<>(
                    RegisterTag.SIGNED_RESOLVE,
                    1_024,
                    (encoder, it) ->
                            Said.write(
                                            encoder,
                                            new Said(it.chain, it.identifier, it.account, it.time))
                                    .signature(it.signature),
                    decoder -> {
                        Said said = Said.read(decoder);
                        return new Resolve(
                                said.chain,
                                said.identifier,
                                said.account,
                                said.time,
                                decoder.signature());
                    });

    /// What is signed.
    private record Said(ChainId chain, Identifier identifier, VerifyingKey account, Instant time) {
        private static final Format<Said> FORMAT =
                new Format<>(RegisterTag.RESOLVE, 1_024, Said::write, Said::read);

        private static Encoder write(Encoder encoder, Said said) {
            Identifier.write(encoder.chain(said.chain), said.identifier);
            return encoder.key(said.account).time(said.time);
        }

        private static Said read(Decoder decoder) {
            return new Said(
                    decoder.chain(), Identifier.read(decoder), decoder.key(), decoder.time());
        }
    }

    public static Resolve by(Signer account, ChainId chain, Identifier identifier, Instant time) {
        Digest said = Said.FORMAT.digest(new Said(chain, identifier, account.key(), time));
        return new Resolve(chain, identifier, account.key(), time, account.sign(said));
    }

    public Verdict check(ChainId here, Instant now, Verifier verifier) {
        if (!chain.equals(here)) {
            return Verdict.rejected(Fault.WRONG_CHAIN, "asked of " + chain + " at " + here);
        }
        if (Duration.between(time, now).abs().compareTo(AGE_MAX) > 0) {
            return Verdict.rejected(Fault.REQUEST_EXPIRED, "signed at " + time + ", it is " + now);
        }
        return verifier.verify(
                        account,
                        Said.FORMAT.digest(new Said(chain, identifier, account, time)),
                        signature)
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, "the account did not ask this");
    }
}
