package org.entente.certs;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERTags;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;

import java.util.function.Function;

/// DER bytes ↔ Bouncy Castle's structures.
public final class Der {
    private static final String FORM = "DER";
    private static final int NUMBER = Signature.SIZE_BYTES / 2;

    /// A sequence of two numbers, each behind its kind, its size and a zero.
    private static final int SIGNATURE_SIZE_BYTES_MAX = 2 + 2 * (3 + NUMBER);

    private Der() {}

    public static Bytes of(ASN1Encodable value) {
        try {
            return Bytes.copyOf(value.toASN1Primitive().getEncoded(FORM));
        } catch (Exception e) {
            // Bouncy Castle declares a failed write even to memory, where it cannot happen; named
            // by its type it would bring java.io into the core.
            throw new IllegalStateException("cannot encode " + value, e);
        }
    }

    /// Reads one structure from outside. Its readers say "malformed" with many unchecked exceptions
    /// (class cast, index, state), so all of them become one refusal here. Most hostile bytes get
    /// no further than their lengths, which are looked at first, without exceptions.
    public static <T> Parsed<T> read(
            Bytes der, String what, Fault fault, Function<ASN1Sequence, T> reader) {
        byte[] bytes = der.toArray();
        if (!DerNesting.isSequence(bytes)) {
            return Parsed.refused(fault, "not a " + what + ": its parts do not nest as in DER");
        }
        try {
            return Parsed.of(reader.apply(ASN1Sequence.getInstance(bytes)));
        } catch (RuntimeException | StackOverflowError e) {
            return Parsed.refused(fault, "not a " + what + ": " + e.getMessage());
        }
    }

    /// By hand: each signature that is verified passes here, and its structure costs a tenth of the
    /// arithmetic.
    public static Bytes of(Signature signature) {
        byte[] der = new byte[SIGNATURE_SIZE_BYTES_MAX];
        int end = number(der, number(der, 2, signature.bytes(), 0), signature.bytes(), NUMBER);
        der[0] = BERTags.SEQUENCE | BERTags.CONSTRUCTED;
        der[1] = (byte) (end - 2);
        return Bytes.copyOf(der, 0, end);
    }

    /// As few bytes as hold a number, none of which makes it negative.
    private static int number(byte[] der, int at, Bytes pair, int from) {
        int first = from;
        while (pair.at(first) == 0 && first < from + NUMBER - 1) {
            first++;
        }
        int sign = pair.at(first) < 0 ? 1 : 0;
        int size = from + NUMBER - first;
        der[at] = BERTags.INTEGER;
        der[at + 1] = (byte) (sign + size);
        for (int index = 0; index < size; index++) {
            der[at + 2 + sign + index] = pair.at(first + index);
        }
        return at + 2 + sign + size;
    }

    /// The signature in its low-S form, whichever of the two forms came.
    public static Signature signature(Bytes der) {
        ASN1Sequence pair = ASN1Sequence.getInstance(der.toArray());
        if (pair.size() != 2) {
            throw new IllegalArgumentException("a signature has two numbers, not " + pair.size());
        }
        return Signature.of(
                ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue(),
                ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue());
    }
}
