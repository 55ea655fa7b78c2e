package org.entente.certs.est;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The names and the transfer encoding of RFC 7030.
public final class Est {
    public static final String PATH = "/.well-known/est";
    public static final String CACERTS = PATH + "/cacerts";
    public static final String SIMPLE_ENROLL = PATH + "/simpleenroll";
    public static final String SIMPLE_REENROLL = PATH + "/simplereenroll";

    public static final String REQUEST_TYPE = "application/pkcs10";
    public static final String CERTIFICATES_TYPE = "application/pkcs7-mime";
    public static final String ENROLLED_TYPE = "application/pkcs7-mime; smime-type=certs-only";
    public static final String TRANSFER_ENCODING = "base64";

    /// What an answer 401 carries as WWW-Authenticate.
    public static final String CHALLENGE = "Basic realm=\"entente enrolment\"";

    /// A request of 8 KiB in base64 with line ends.
    public static final int BODY_SIZE_BYTES_MAX = 12 * 1024;

    /// What `cacerts` may answer a client: the CAs of many generations.
    public static final int ANSWER_SIZE_BYTES_MAX = 256 * 1024;

    private static final int LINE_SIZE = 64;

    private Est() {}

    public static Bytes encode(Bytes content) {
        return Bytes.copyOf(
                        Base64.getMimeEncoder(LINE_SIZE, new byte[] {'\r', '\n'})
                                .encode(content.toArray()))
                .concat(Bytes.utf8("\r\n"));
    }

    /// Line ends may stand anywhere (RFC 8951 §3.1); everything else must be base64.
    public static Parsed<Bytes> decode(Bytes body, int sizeMax) {
        if (body.size() > sizeMax) {
            return Parsed.refused(
                    Fault.TOO_LARGE, body.size() + " bytes where " + sizeMax + " are allowed");
        }
        String text =
                new String(body.toArray(), StandardCharsets.ISO_8859_1)
                        .replace("\r", "")
                        .replace("\n", "");
        try {
            return Parsed.of(Bytes.copyOf(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, "the body is not base64: " + e.getMessage());
        }
    }
}
