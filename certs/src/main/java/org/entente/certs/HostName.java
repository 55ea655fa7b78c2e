package org.entente.certs;

import org.bouncycastle.util.IPAddress;
import org.entente.protocol.Bytes;

import java.util.regex.Pattern;

/// Where a node's server is reached: a DNS name in lower case, or an IP address in its one form
/// (IPv6 as eight groups, nothing shortened to `::`).
public record HostName(String text) implements Comparable<HostName> {
    private static final int DNS_SIZE_MAX = 253;
    private static final Pattern DNS =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]*");
    private static final Pattern IPV6 =
            Pattern.compile("(0|[1-9a-f][0-9a-f]{0,3})(:(0|[1-9a-f][0-9a-f]{0,3})){7}");

    public HostName {
        boolean holds =
                NUMBERS.matcher(text).matches()
                        ? IPAddress.isValidIPv4(text)
                        : IPV6.matcher(text).matches()
                                || (text.length() <= DNS_SIZE_MAX && DNS.matcher(text).matches());
        if (!holds) {
            throw new IllegalArgumentException(
                    "a host is a DNS name in lower case, an IPv4 address or an IPv6 address of"
                            + " eight groups, not '"
                            + (text.length() > DNS_SIZE_MAX ? "…" : text)
                            + "'");
        }
    }

    static HostName ofAddress(Bytes address) {
        StringBuilder text = new StringBuilder();
        switch (address.size()) {
            case 4 -> {
                for (int index = 0; index < 4; index++) {
                    text.append(index == 0 ? "" : ".").append(address.at(index) & 0xff);
                }
            }
            case 16 -> {
                for (int index = 0; index < 16; index += 2) {
                    int group = (address.at(index) & 0xff) << 8 | (address.at(index + 1) & 0xff);
                    text.append(index == 0 ? "" : ":").append(Integer.toHexString(group));
                }
            }
            default ->
                    throw new IllegalArgumentException(
                            "an IP address has 4 or 16 bytes, not " + address.size());
        }
        return new HostName(text.toString());
    }

    public boolean isAddress() {
        return text.indexOf(':') >= 0 || NUMBERS.matcher(text).matches();
    }

    @Override
    public int compareTo(HostName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
