package org.entente.protocol.exchange;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What all attempts at one exchange have in common; its digest is the name that inbox contracts
/// keep.
public record ExchangeName(AllianceId alliance, OrganisationId organisation, Bytes exchangeId) {
    public static final Format<ExchangeName> FORMAT =
            new Format<>(Purpose.EXCHANGE, 512, ExchangeName::write, ExchangeName::read);

    public ExchangeName {
        if (exchangeId.size() != Request.EXCHANGE_ID_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "an exchange id has 32 bytes, not " + exchangeId.size());
        }
    }

    private static void write(Encoder encoder, ExchangeName exchangeName) {
        encoder.alliance(exchangeName.alliance)
                .organisation(exchangeName.organisation)
                .fixed(exchangeName.exchangeId, Request.EXCHANGE_ID_SIZE_BYTES);
    }

    private static ExchangeName read(Decoder decoder) {
        return new ExchangeName(
                decoder.alliance(),
                decoder.organisation(),
                decoder.fixed(Request.EXCHANGE_ID_SIZE_BYTES));
    }
}
