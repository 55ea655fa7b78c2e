package org.entente.runtime.config;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

/// A host and a port, `relay.example.com:8443`; an IPv6 host stands in brackets.
public record Address(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public Address {
        if (!host.matches("[A-Za-z0-9._-]{1,253}|[0-9a-fA-F:.]{2,45}")) {
            throw new IllegalArgumentException("no host: '" + host + "'");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("a port lies between 0 and 65535, not " + port);
        }
    }

    public static Parsed<Address> parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0
                || !text.substring(colon + 1).matches("[0-9]{1,5}")
                || bracketed != host.contains(":")) {
            return Parsed.refused(Fault.INVALID_VALUE, "not host:port: '" + text + "'");
        }
        try {
            return Parsed.of(
                    new Address(
                            bracketed ? host.substring(1, host.length() - 1) : host,
                            Integer.parseInt(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
