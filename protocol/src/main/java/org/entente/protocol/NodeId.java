package org.entente.protocol;

import java.util.Comparator;

/// A node of an organisation, an agent among them: `spiffe://<organisation>/node/<name>`
/// (protocol.md §2.2).
public record NodeId(OrganisationId organisation, Name name) implements Comparable<NodeId> {
    private static final String SCHEME = "spiffe://";
    private static final String PATH = "/node/";
    private static final Comparator<NodeId> ORDER =
            Comparator.comparing(NodeId::organisation).thenComparing(NodeId::name);

    public static NodeId parse(String uri) {
        int path = uri.indexOf(PATH, SCHEME.length());
        if (!uri.startsWith(SCHEME) || path < 0) {
            throw new IllegalArgumentException(
                    "a node is named spiffe://<organisation>/node/<name>, not '" + uri + "'");
        }
        return new NodeId(
                new OrganisationId(uri.substring(SCHEME.length(), path)),
                new Name(uri.substring(path + PATH.length())));
    }

    public String uri() {
        return SCHEME + organisation + PATH + name;
    }

    @Override
    public int compareTo(NodeId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return uri();
    }
}
