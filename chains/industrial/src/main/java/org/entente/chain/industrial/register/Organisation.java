package org.entente.chain.industrial.register;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Verifier;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.SortedSet;

/// Whose accounts speak for an organisation, and which CAs certify its devices
/// (docs/chains/industrial-registers.md §2).
///
/// @param authorities generations of its CAs, oldest first; empty: it has no devices
public record Organisation(
        OrganisationId id,
        Role role,
        SortedSet<VerifyingKey> accounts,
        List<Authorities> authorities) {
    public static final int ACCOUNT_COUNT_MAX = 16;
    public static final int GENERATION_COUNT_MAX = 4;
    public static final Format<Organisation> FORMAT =
            new Format<>(
                    RegisterTag.ORGANISATION, 64 * 1024, Organisation::write, Organisation::read);

    /// What the chain's owner admitted it as.
    public enum Role implements Coded {
        MEMBER(1),
        /// Looks into orders, by queries that stand on the chain, and ends disputes.
        AUDITOR(2);

        private final int code;

        Role(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Organisation {
        accounts = Sorted.copyOf(accounts);
        authorities = List.copyOf(authorities);
        if (accounts.isEmpty() || accounts.size() > ACCOUNT_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "an organisation has 1 to "
                            + ACCOUNT_COUNT_MAX
                            + " accounts, not "
                            + accounts.size());
        }
        if (authorities.size() > GENERATION_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "at most " + GENERATION_COUNT_MAX + " generations, not " + authorities.size());
        }
    }

    /// Whether its CAs are its own.
    Verdict check(Verifier verifier) {
        for (Authorities each : authorities) {
            if (!each.organisation().equals(id)) {
                return Verdict.rejected(
                        Fault.FOREIGN_TRUST_DOMAIN,
                        "a CA of " + each.organisation() + " for " + id);
            }
            if (each.check(verifier) instanceof Verdict.Rejected why) {
                return why;
            }
        }
        return Verdict.accepted();
    }

    static void write(Encoder encoder, Organisation organisation) {
        encoder.organisation(organisation.id)
                .coded(organisation.role)
                .list(organisation.accounts, Encoder::key)
                .list(
                        organisation.authorities,
                        (each, it) ->
                                each.bytes(it.root().der())
                                        .bytes(it.enrolment().der())
                                        .bytes(it.transaction().der()));
    }

    static Organisation read(Decoder decoder) {
        OrganisationId id = decoder.organisation();
        Role role = decoder.coded(Role.class);
        List<VerifyingKey> accounts = decoder.list(ACCOUNT_COUNT_MAX, Decoder::key);
        Sorted.requireStrictlyAscending(accounts, "accounts");
        return new Organisation(
                id,
                role,
                Sorted.copyOf(accounts),
                decoder.list(GENERATION_COUNT_MAX, Organisation::authorities));
    }

    private static Authorities authorities(Decoder decoder) {
        Certificate root = certificate(decoder);
        return new Authorities(
                root.organisation(), root, certificate(decoder), certificate(decoder));
    }

    private static Certificate certificate(Decoder decoder) {
        return switch (Certificate.parse(decoder.bytes(Certificate.SIZE_BYTES_MAX))) {
            case Parsed.Value<Certificate>(Certificate it) -> it;
            case Parsed.Refused<Certificate>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }
}
