package org.entente.light.por;

import org.entente.light.NodeKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// One of the nodes that make blocks.
///
/// @param account who it is for ever: proposes and votes by transactions
/// @param key signs its blocks; may be replaced
/// @param host where its peers reach it, an address or a name
/// @param joined the height of the block that made it one; 0: from the start
/// @param handover how the key before this one signed [#consent]; empty: this is its first
public record Member(
        VerifyingKey account,
        Name name,
        NodeKey key,
        String host,
        int port,
        long joined,
        Bytes handover) {
    public static final int HOST_SIZE_BYTES_MAX = 255;
    private static final int PORT_MAX = 65_535;

    public Member {
        if (host.isEmpty() || host.length() > HOST_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("a host has 1 to 255 characters: " + host);
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("no port is " + port);
        }
        if (joined < 0) {
            throw new IllegalArgumentException("nobody joins at " + joined);
        }
    }

    /// With its first key.
    public Member(
            VerifyingKey account, Name name, NodeKey key, String host, int port, long joined) {
        this(account, name, key, host, port, joined, Bytes.EMPTY);
    }

    public Member joining(long height) {
        return new Member(account, name, key, host, port, height);
    }

    /// Whether what both sign is one member's word. Who leaves and comes back begins another
    /// membership: with the same key, or nobody could know.
    public boolean isSame(Member other) {
        return account.equals(other.account) && (joined == other.joined || key.equals(other.key));
    }

    /// What a node's key signs to become that of a member, and the key before it to let it.
    public static Bytes consent(ChainId chain, VerifyingKey account, NodeKey key) {
        return Consent.FORMAT.encode(new Consent(chain, account, key));
    }

    /// Bound to the chain and the account, so that it serves nobody else.
    private record Consent(ChainId chain, VerifyingKey account, NodeKey key) {
        private static final Format<Consent> FORMAT =
                new Format<>(PorTag.CONSENT, 1_024, Consent::write, Consent::read);

        private static void write(Encoder encoder, Consent consent) {
            encoder.chain(consent.chain).key(consent.account).bytes(consent.key.der());
        }

        private static Consent read(Decoder decoder) {
            return new Consent(
                    decoder.chain(),
                    decoder.key(),
                    new NodeKey(decoder.bytes(NodeKey.SIZE_BYTES_MAX)));
        }
    }

    public static void write(Encoder encoder, Member member) {
        encoder.key(member.account)
                .name(member.name)
                .bytes(member.key.der())
                .text(member.host)
                .u16(member.port)
                .u64(member.joined)
                .bytes(member.handover);
    }

    public static Member read(Decoder decoder) {
        return new Member(
                decoder.key(),
                decoder.name(),
                new NodeKey(decoder.bytes(NodeKey.SIZE_BYTES_MAX)),
                decoder.text(HOST_SIZE_BYTES_MAX),
                decoder.u16(),
                decoder.u64(),
                decoder.bytes(Certificate.SIGNATURE_SIZE_BYTES_MAX));
    }
}
