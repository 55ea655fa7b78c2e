package org.entente.chain.industrial.register;

import org.entente.chain.industrial.contract.Deed;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What is told the register of organisations (docs/chains/industrial-registers.md §2).
public sealed interface OrganisationDeed extends Deed {
    List<String> METHODS = List.of("enrol", "change", "strike");
    Format<OrganisationDeed> FORMAT =
            new Format<>(
                    RegisterTag.ORGANISATION_DEED,
                    64 * 1024,
                    OrganisationDeed::write,
                    OrganisationDeed::read);

    /// By the chain's owner: it belongs from now on.
    record Enrol(Organisation organisation) implements OrganisationDeed {}

    /// By one of its accounts, which cannot change its role, or by the chain's owner.
    record Change(Organisation organisation) implements OrganisationDeed {}

    /// By the chain's owner: it belongs no longer. What it registered stands.
    record Strike(OrganisationId organisation) implements OrganisationDeed {}

    @Override
    default String method() {
        return switch (this) {
            case Enrol _ -> "enrol";
            case Change _ -> "change";
            case Strike _ -> "strike";
        };
    }

    private static void write(Encoder encoder, OrganisationDeed deed) {
        switch (deed) {
            case Enrol(Organisation it) -> Organisation.write(encoder.u8(1), it);
            case Change(Organisation it) -> Organisation.write(encoder.u8(2), it);
            case Strike(OrganisationId id) -> encoder.u8(3).organisation(id);
        }
    }

    private static OrganisationDeed read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Enrol(Organisation.read(decoder));
            case 2 -> new Change(Organisation.read(decoder));
            case 3 -> new Strike(decoder.organisation());
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
