package org.entente.protocol.exchange;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// An application's wish for one exchange, signed with a transaction certificate.
///
/// @param organisation whose transaction certificate it is, so that whoever has the request alone,
///   such as an inbox contract, knows the exchange's name
/// @param exchangeId chosen by the client, the same over all attempts
/// @param arguments the digest of the arguments for the node contract
/// @param notAfter in whole milliseconds; later than this the request is nobody's
/// @param certificate the digest of the transaction certificate
public record Request(
        AllianceId alliance,
        long epoch,
        OrganisationId organisation,
        Name contract,
        Name flow,
        Bytes exchangeId,
        int attempt,
        Digest arguments,
        Instant notAfter,
        Digest certificate) {
    public static final int EXCHANGE_ID_SIZE_BYTES = 32;
    public static final Format<Request> FORMAT =
            new Format<>(Purpose.REQUEST, 1024, Request::write, Request::read);

    public Request {
        if (exchangeId.size() != EXCHANGE_ID_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "an exchange id has 32 bytes, not " + exchangeId.size());
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1, not " + attempt);
        }
    }

    public ExchangeName exchange() {
        return new ExchangeName(alliance, organisation, exchangeId);
    }

    public static void write(Encoder encoder, Request request) {
        encoder.alliance(request.alliance)
                .u64(request.epoch)
                .organisation(request.organisation)
                .name(request.contract)
                .name(request.flow)
                .fixed(request.exchangeId, EXCHANGE_ID_SIZE_BYTES)
                .u32(request.attempt)
                .digest(request.arguments)
                .time(request.notAfter)
                .digest(request.certificate);
    }

    public static Request read(Decoder decoder) {
        return new Request(
                decoder.alliance(),
                decoder.u64(),
                decoder.organisation(),
                decoder.name(),
                decoder.name(),
                decoder.fixed(EXCHANGE_ID_SIZE_BYTES),
                decoder.u32(),
                decoder.digest(),
                decoder.time(),
                decoder.digest());
    }
}
