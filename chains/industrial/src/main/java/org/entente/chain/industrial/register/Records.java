package org.entente.chain.industrial.register;

import org.entente.chain.contract.Store;
import org.entente.chain.state.Area;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;

/// What registers hold, as a call sees it, or whoever looks at a state.
public interface Records {
    Optional<Bytes> find(Name register, Bytes key);

    /// At most so many that begin so, ascending.
    List<Found> under(Name register, Bytes prefix, int countMax);

    record Found(Bytes key, Bytes value) {}

    /// A record; what stands in a register was written by its contract, so it can be read.
    default <T> Optional<T> find(Name register, Bytes key, Format<T> format) {
        return find(register, key).map(bytes -> format.decode(bytes).orThrow());
    }

    /// As a call sees them, of registers that its contract says it reads.
    static Records of(Store store) {
        return new Records() {
            @Override
            public Optional<Bytes> find(Name register, Bytes key) {
                return store.find(register, key).map(Store.Entry::value);
            }

            @Override
            public List<Found> under(Name register, Bytes prefix, int countMax) {
                return store.under(register, prefix, countMax).stream()
                        .map(each -> new Found(each.key(), each.value()))
                        .toList();
            }
        };
    }

    static Records of(Reading state) {
        return new Records() {
            @Override
            public Optional<Bytes> find(Name register, Bytes key) {
                return state.value(StateKey.store(register, key));
            }

            @Override
            public List<Found> under(Name register, Bytes prefix, int countMax) {
                return state.under(Area.STORE, register.text(), prefix, countMax).stream()
                        .flatMap(each ->
                                each.value().map(it -> new Found(each.key().key(), it)).stream())
                        .toList();
            }
        };
    }
}
