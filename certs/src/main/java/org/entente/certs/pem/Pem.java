package org.entente.certs.pem;

import org.entente.certs.Certificate;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// DER in text (RFC 7468), written in its strict form.
public final class Pem {
    public static final String CERTIFICATE = "CERTIFICATE";
    public static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
    public static final String REVOCATION_LIST = "X509 CRL";
    public static final int SIZE_MAX = 4 * 1024 * 1024;

    private static final int LINE_SIZE = 64;

    private Pem() {}

    public static String encode(String label, Bytes der) {
        String lines =
                Base64.getMimeEncoder(LINE_SIZE, new byte[] {'\n'}).encodeToString(der.toArray());
        return begin(label) + "\n" + lines + "\n" + end(label) + "\n";
    }

    public static String encode(Collection<Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> encode(CERTIFICATE, certificate.der()))
                .collect(Collectors.joining());
    }

    /// Every block of the text; what stands outside of blocks is passed over, as others do.
    public static Parsed<List<Bytes>> decode(String label, String text) {
        if (text.length() > SIZE_MAX) {
            return Parsed.refused(Fault.TOO_LARGE, "PEM of " + text.length() + " characters");
        }
        List<Bytes> blocks = new ArrayList<>();
        int from = text.indexOf(begin(label));
        while (from >= 0) {
            int content = from + begin(label).length();
            int to = text.indexOf(end(label), content);
            if (to < 0) {
                return Parsed.refused(Fault.MALFORMED, "a block without its end: " + end(label));
            }
            String base64 = text.substring(content, to).replaceAll("[ \\t\\r\\n]", "");
            try {
                blocks.add(Bytes.copyOf(Base64.getDecoder().decode(base64)));
            } catch (IllegalArgumentException e) {
                return Parsed.refused(Fault.MALFORMED, "a block not in base64: " + e.getMessage());
            }
            from = text.indexOf(begin(label), to);
        }
        return Parsed.of(Collections.unmodifiableList(blocks));
    }

    public static Parsed<List<Certificate>> certificates(String text) {
        List<Certificate> certificates = new ArrayList<>();
        return decode(CERTIFICATE, text)
                .then(blocks -> {
                    for (Bytes der : blocks) {
                        switch (Certificate.parse(der)) {
                            case Parsed.Value<Certificate>(var certificate) ->
                                    certificates.add(certificate);
                            case Parsed.Refused<Certificate>(var why) -> {
                                return new Parsed.Refused<>(why);
                            }
                        }
                    }
                    return Parsed.of(Collections.unmodifiableList(certificates));
                });
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static String end(String label) {
        return "-----END " + label + "-----";
    }
}
