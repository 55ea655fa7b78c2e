package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.merkle.MerkleTree;

import java.util.Base64;
import java.util.function.Function;

/// A log's size and root as public tools read them (C2SP tlog-checkpoint), and the note that signs
/// them (C2SP signed-note, signature type 0x02, ECDSA); docs/log.md §8.
///
/// @param origin names the log: the address it is served at, without scheme and closing slash
public record Checkpoint(String origin, long size, Digest root) {
    private static final int KEY_ID_SIZE_BYTES = 4;

    /// What stands before x‖y in the SubjectPublicKeyInfo of a P-256 key.
    private static final Bytes SPKI_HEAD =
            Bytes.fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    public Checkpoint {
        requireName(origin);
        if (size < 0) {
            throw new IllegalArgumentException("a log has no negative size: " + size);
        }
    }

    public static Checkpoint of(String origin, MerkleTree tree) {
        return new Checkpoint(origin, tree.size(), tree.root());
    }

    /// The text that is signed; it ends with a newline.
    public String body() {
        return origin + "\n" + size + "\n" + base64(root.bytes()) + "\n";
    }

    /// The body, an empty line, and one signature line under the origin's name.
    ///
    /// @param sign makes the DER form of an ECDSA signature over a digest
    public Bytes note(VerifyingKey key, Function<Digest, Bytes> sign) {
        Bytes signature = sign.apply(Digest.of(Bytes.utf8(body())));
        return Bytes.utf8(
                body() + "\n\u2014 " + origin + " " + base64(keyId(key).concat(signature)) + "\n");
    }

    /// The first bytes of the SHA-256 of the key's SubjectPublicKeyInfo.
    public static Bytes keyId(VerifyingKey key) {
        return Digest.of(SPKI_HEAD.concat(key.bytes())).bytes().slice(0, KEY_ID_SIZE_BYTES);
    }

    private static void requireName(String name) {
        if (name.isEmpty()
                || name.chars()
                        .anyMatch(each ->
                                Character.isWhitespace(each)
                                        || Character.isSpaceChar(each)
                                        || Character.isISOControl(each)
                                        || each == '+')) {
            throw new IllegalArgumentException(
                    "an origin has no spaces, control characters or plus signs: '" + name + "'");
        }
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
