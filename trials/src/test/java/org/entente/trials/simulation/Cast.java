package org.entente.trials.simulation;

import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.registry.fixture.Member;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who there is: organisations and keys. The same in every seed, since making keys is dear and what
/// a seed decides is what happens.
final class Cast {
    private static final Map<Signing, Cast> CASTS = new EnumMap<>(Signing.class);

    private final Signing signing;
    private final Map<String, Signer> keys = new ConcurrentHashMap<>();
    private final List<Member> members;

    static synchronized Cast of(Signing signing) {
        return CASTS.computeIfAbsent(signing, Cast::new);
    }

    private Cast(Signing signing) {
        this.signing = signing;
        this.members =
                Stream.of("alpha.example", "beta.example", "gamma.example", "delta.example")
                        .map(this::member)
                        .toList();
    }

    private Member member(String domain) {
        Supplier<Signer> own =
                new Supplier<>() {
                    private int count;

                    @Override
                    public Signer get() {
                        return key(domain + "/" + count++);
                    }
                };
        return new Member(domain, own, new SeededRandom(seed(domain)));
    }

    Signing signing() {
        return signing;
    }

    List<Member> members() {
        return members;
    }

    /// Everybody's key is made from its name.
    Signer key(String name) {
        return keys.computeIfAbsent(
                name, _ -> signing.fresh(new SeededRandom(seed(signing + " " + name))));
    }

    Signer relay() {
        return key("relay");
    }

    /// Who founds inbox contracts of a chain and makes its blocks.
    Signer owner(ChainId chain) {
        return key("owner of " + chain);
    }

    /// Who writes the chain's own state.
    Signer writer(ChainId chain) {
        return key("writer of " + chain);
    }

    Signer account(NodeId node, ChainId chain) {
        return key(node + " at " + chain);
    }

    static long seed(String name) {
        return Digest.of(Bytes.utf8(name)).bytes().asBuffer().getLong();
    }

    /// Names by which traces call agents.
    static String shortName(NodeId node) {
        String domain = node.organisation().domain();
        return domain.substring(0, domain.indexOf('.'));
    }
}
