package org.entente.chain.industrial.register.identifier;

import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What is told the register of identifiers (docs/chains/industrial-registers.md §3).
public sealed interface IdentifierDeed extends Deed {
    List<String> METHODS =
            List.of("allocate", "register", "describe", "offer", "accept", "keep", "retire");
    Format<IdentifierDeed> FORMAT =
            new Format<>(
                    RegisterTag.IDENTIFIER_DEED,
                    16 * 1024,
                    IdentifierDeed::write,
                    IdentifierDeed::read);

    /// By the chain's owner: a prefix is an organisation's from now on.
    record Allocate(Prefix prefix, OrganisationId organisation, String node)
            implements IdentifierDeed {
        public Allocate {
            Texts.require("an address", node, Description.TEXT_SIZE_BYTES_MAX);
        }
    }

    /// By the organisation of its prefix.
    record Register(Identifier identifier, Description description) implements IdentifierDeed {}

    /// By its owner.
    ///
    /// @param version which it is, so that two writers do not hide each other's
    record Describe(Identifier identifier, int version, Description description)
            implements IdentifierDeed {}

    /// By its owner: it is the other's once that accepts.
    record Offer(Identifier identifier, OrganisationId to) implements IdentifierDeed {}

    /// By whom it is offered to.
    ///
    /// @param version that is accepted, so that nobody accepts what was changed meanwhile
    record Accept(Identifier identifier, int version) implements IdentifierDeed {}

    /// By its owner: it is offered no longer.
    record Keep(Identifier identifier) implements IdentifierDeed {}

    /// By its owner, for ever.
    record Retire(Identifier identifier) implements IdentifierDeed {}

    @Override
    default String method() {
        return switch (this) {
            case Allocate _ -> "allocate";
            case Register _ -> "register";
            case Describe _ -> "describe";
            case Offer _ -> "offer";
            case Accept _ -> "accept";
            case Keep _ -> "keep";
            case Retire _ -> "retire";
        };
    }

    private static void write(Encoder encoder, IdentifierDeed deed) {
        switch (deed) {
            case Allocate(Prefix prefix, OrganisationId organisation, String node) -> {
                Prefix.write(encoder.u8(1), prefix);
                encoder.organisation(organisation).text(node);
            }
            case Register(Identifier identifier, Description description) -> {
                Identifier.write(encoder.u8(2), identifier);
                Description.write(encoder, description);
            }
            case Describe(Identifier identifier, int version, Description description) -> {
                Identifier.write(encoder.u8(3), identifier);
                Description.write(encoder.u32(version), description);
            }
            case Offer(Identifier identifier, OrganisationId to) -> {
                Identifier.write(encoder.u8(4), identifier);
                encoder.organisation(to);
            }
            case Accept(Identifier identifier, int version) -> {
                Identifier.write(encoder.u8(5), identifier);
                encoder.u32(version);
            }
            case Keep(Identifier identifier) -> Identifier.write(encoder.u8(6), identifier);
            case Retire(Identifier identifier) -> Identifier.write(encoder.u8(7), identifier);
        }
    }

    private static IdentifierDeed read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Allocate(
                            Prefix.read(decoder),
                            decoder.organisation(),
                            decoder.text(Description.TEXT_SIZE_BYTES_MAX));
            case 2 -> new Register(Identifier.read(decoder), Description.read(decoder));
            case 3 ->
                    new Describe(
                            Identifier.read(decoder), decoder.u32(), Description.read(decoder));
            case 4 -> new Offer(Identifier.read(decoder), decoder.organisation());
            case 5 -> new Accept(Identifier.read(decoder), decoder.u32());
            case 6 -> new Keep(Identifier.read(decoder));
            case 7 -> new Retire(Identifier.read(decoder));
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
