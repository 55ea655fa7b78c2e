package org.entente.chain.industrial.register.identifier;

import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// Whose a prefix is, and which node of its organisation resolves it.
///
/// @param node the address of the enterprise's own resolver; empty: any node of the chain
/// @param allocated the time of the block
public record PrefixRecord(OrganisationId organisation, String node, Instant allocated) {
    public static final Format<PrefixRecord> FORMAT =
            new Format<>(
                    RegisterTag.PREFIX,
                    1_024,
                    (encoder, it) ->
                            encoder.organisation(it.organisation).text(it.node).time(it.allocated),
                    decoder ->
                            new PrefixRecord(
                                    decoder.organisation(),
                                    decoder.text(Description.TEXT_SIZE_BYTES_MAX),
                                    decoder.time()));

    public PrefixRecord {
        Texts.require("an address", node, Description.TEXT_SIZE_BYTES_MAX);
    }
}
