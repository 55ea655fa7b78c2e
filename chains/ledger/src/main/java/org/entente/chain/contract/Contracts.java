package org.entente.chain.contract;

import org.entente.chain.state.Reading;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The contracts of a chain by their names.
public interface Contracts {
    /// Of a chain without any.
    Contracts NONE = (_, _) -> Optional.empty();

    /// @param state the contracts that were brought to the chain stand in it
    Optional<Contract> named(Name name, Reading state);

    /// Those that the nodes are built with.
    static Contracts of(List<Contract> contracts) {
        TreeMap<Name, Contract> byName = new TreeMap<>();
        for (Contract contract : contracts) {
            if (byName.put(contract.name(), contract) != null) {
                throw new IllegalArgumentException("two contracts are named " + contract.name());
            }
        }
        SortedMap<Name, Contract> all = Sorted.copyOf(byName);
        return (name, _) -> Optional.ofNullable(all.get(name));
    }
}
