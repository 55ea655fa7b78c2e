package org.entente.chain.industrial.register.device;

import org.entente.certs.Signer;
import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// What a device says of a batch of its readings, and signs; whoever carries it to the chain adds
/// nothing (docs/chains/industrial-registers.md §4.4).
///
/// @param certificate digest of the one whose key signs
/// @param series of the device's readings, named as the device likes
/// @param number of the batch in its series, from 0
/// @param from of the first reading
/// @param to of the last
/// @param count of the readings
/// @param root over the readings
public record Report(
        ChainId chain,
        Identifier device,
        Digest certificate,
        String series,
        long number,
        Instant from,
        Instant to,
        int count,
        Digest root) {
    public static final int SERIES_SIZE_BYTES_MAX = 128;
    public static final Format<Report> FORMAT =
            new Format<>(RegisterTag.REPORT, 1_024, Report::write, Report::read);

    public Report {
        Texts.requireSome("a series", series, SERIES_SIZE_BYTES_MAX);
        if (number < 0 || number == Long.MAX_VALUE || count < 1 || from.isAfter(to)) {
            throw new IllegalArgumentException(
                    "no batch: number %d, %d readings, from %s to %s"
                            .formatted(number, count, from, to));
        }
    }

    /// Whether a series may be named so.
    public static boolean isSeries(String name) {
        return !name.isBlank() && Bytes.utf8(name).size() <= SERIES_SIZE_BYTES_MAX;
    }

    public Digest digest() {
        return FORMAT.digest(this);
    }

    public DeviceDeed.Tell by(Signer device) {
        return new DeviceDeed.Tell(this, device.sign(digest()));
    }

    static void write(Encoder encoder, Report report) {
        Identifier.write(encoder.chain(report.chain), report.device);
        encoder.digest(report.certificate)
                .text(report.series)
                .u64(report.number)
                .time(report.from)
                .time(report.to)
                .u32(report.count)
                .digest(report.root);
    }

    static Report read(Decoder decoder) {
        return new Report(
                decoder.chain(),
                Identifier.read(decoder),
                decoder.digest(),
                decoder.text(SERIES_SIZE_BYTES_MAX),
                decoder.u64(),
                decoder.time(),
                decoder.time(),
                decoder.u32(),
                decoder.digest());
    }
}
