package org.entente.certs.issue;

import org.entente.certs.CertificateBody;
import org.entente.certs.Subject;
import org.entente.protocol.Bytes;

import java.security.SecureRandom;
import java.util.Base64;

/// What must not be guessed or repeated.
final class Fresh {
    private static final int TOKEN_SIZE_BYTES = 32;

    private Fresh() {}

    static Bytes serialNumber(SecureRandom random) {
        byte[] number = bytes(random, CertificateBody.SERIAL_NUMBER_SIZE_BYTES);
        number[0] = (byte) ((number[0] & 0x3f) | 0x40);
        return Bytes.copyOf(number);
    }

    static Bytes pseudonym(SecureRandom random) {
        return Bytes.copyOf(bytes(random, Subject.Holder.PSEUDONYM_SIZE_BYTES));
    }

    /// The top bit of the first byte is off, so the first character is a letter: a leading dash
    /// would look like an option on a command line.
    static String token(SecureRandom random) {
        byte[] bytes = bytes(random, TOKEN_SIZE_BYTES);
        bytes[0] &= 0x7f;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
