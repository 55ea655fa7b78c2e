package org.entente.trials.fuzz;

import org.entente.chain.Genesis;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.OrganisationDeed;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.industrial.register.alert.Subscription;
import org.entente.chain.industrial.register.device.Device;
import org.entente.chain.industrial.register.device.DeviceCertificate;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.DeviceSeries;
import org.entente.chain.industrial.register.device.Missing;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.device.Reported;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.IdentifierRecord;
import org.entente.chain.industrial.register.identifier.PrefixRecord;
import org.entente.chain.industrial.register.identifier.Resolve;
import org.entente.chain.industrial.register.order.Bundle;
import org.entente.chain.industrial.register.order.Order;
import org.entente.chain.industrial.register.order.OrderAudit;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.OrderStep;
import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Format;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What anybody tells the registers of an industrial chain, and what is read back from them.
final class RegisterSubjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    Organisation.FORMAT,
                    OrganisationDeed.FORMAT,
                    PrefixRecord.FORMAT,
                    IdentifierRecord.FORMAT,
                    IdentifierDeed.FORMAT,
                    Resolve.FORMAT,
                    Device.FORMAT,
                    DeviceCertificate.FORMAT,
                    DeviceDeed.FORMAT,
                    Report.FORMAT,
                    Reported.FORMAT,
                    DeviceSeries.FORMAT,
                    Missing.FORMAT,
                    Order.FORMAT,
                    OrderStep.FORMAT,
                    OrderAudit.FORMAT,
                    OrderDeed.FORMAT,
                    Bundle.FORMAT,
                    Alert.FORMAT,
                    AlertDeed.FORMAT,
                    Subscription.FORMAT);

    private RegisterSubjects() {}

    /// @param vectors the objects of `docs/chains/industrial-registers.md`
    /// @param alerts what a node remembers of them
    static List<Subject> all(Path vectors, Path alerts) throws IOException {
        JsonNode objects = read(vectors).get("objects");
        List<Subject> subjects = new ArrayList<>();
        FORMATS.forEach(format -> subjects.add(subject(format, objects)));
        subjects.add(lookout(read(alerts)));
        return subjects;
    }

    private static JsonNode read(Path vectors) throws IOException {
        return new JsonMapper().readTree(Files.readString(vectors));
    }

    private static Subject lookout(JsonNode alerts) {
        Genesis genesis =
                Genesis.FORMAT.decode(Bytes.fromHex(alerts.get("genesis").asString())).orThrow();
        return Subject.of(
                RegisterTag.LOOKOUT.tag(),
                Lookout.format(genesis),
                List.of(Bytes.fromHex(alerts.get("lookout").asString())));
    }

    private static Subject subject(Format<?> format, JsonNode objects) {
        String tag = format.purpose().tag();
        return Subject.of(tag, format, Subjects.tagged(objects, tag));
    }
}
