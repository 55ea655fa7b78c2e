package org.entente.registry.contract;

import org.entente.protocol.Name;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Comparator;

/// A flow within an alliance: the contract that has it and its name there.
public record FlowName(Name contract, Name flow) implements Comparable<FlowName> {
    private static final Comparator<FlowName> ORDER =
            Comparator.comparing(FlowName::contract).thenComparing(FlowName::flow);

    public static void write(Encoder encoder, FlowName name) {
        encoder.name(name.contract).name(name.flow);
    }

    public static FlowName read(Decoder decoder) {
        return new FlowName(decoder.name(), decoder.name());
    }

    @Override
    public int compareTo(FlowName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return contract + "/" + flow;
    }
}
