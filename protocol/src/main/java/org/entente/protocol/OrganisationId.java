package org.entente.protocol;

import java.util.regex.Pattern;

/// An organisation, named by its own domain name (protocol.md §2.1): `alpha.example`.
public record OrganisationId(String domain) implements Comparable<OrganisationId> {
    public static final int SIZE_MAX = 128;
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    public OrganisationId {
        if (domain.length() > SIZE_MAX || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "an organisation is named by its domain name in lower case, such as"
                            + " alpha.example, not '"
                            + domain
                            + "'");
        }
    }

    @Override
    public int compareTo(OrganisationId other) {
        return domain.compareTo(other.domain);
    }

    @Override
    public String toString() {
        return domain;
    }
}
