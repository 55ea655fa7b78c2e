package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Which alerts somebody wants to hear of: those that all of it lets through.
///
/// @param types empty: of each
/// @param subject empty: of each
/// @param levelMax an alert without a level passes whatever this is
public record Filter(
        SortedSet<AlertType> types,
        Optional<OrganisationId> organisation,
        String subject,
        Optional<Long> levelMax) {
    public static final Filter ALL =
            new Filter(Sorted.copyOf(List.<AlertType>of()), Optional.empty(), "", Optional.empty());

    public Filter {
        types = Sorted.copyOf(types);
        Texts.require("a subject", subject, Alert.SUBJECT_SIZE_BYTES_MAX);
    }

    public boolean passes(Alert alert) {
        return (types.isEmpty() || types.contains(alert.type()))
                && (organisation.isEmpty() || organisation.equals(alert.organisation()))
                && (subject.isEmpty() || subject.equals(alert.subject()))
                && (levelMax.isEmpty()
                        || alert.level().isEmpty()
                        || alert.level().get() <= levelMax.get());
    }

    static void write(Encoder encoder, Filter filter) {
        encoder.list(filter.types, Encoder::coded)
                .optional(filter.organisation, Encoder::organisation)
                .text(filter.subject)
                .optional(filter.levelMax, Encoder::u64);
    }

    static Filter read(Decoder decoder) {
        List<AlertType> types =
                decoder.list(AlertType.values().length, each -> each.coded(AlertType.class));
        Sorted.requireStrictlyAscending(types, "types");
        return new Filter(
                Sorted.copyOf(types),
                decoder.optional(Decoder::organisation),
                decoder.text(Alert.SUBJECT_SIZE_BYTES_MAX),
                decoder.optional(Decoder::u64));
    }
}
