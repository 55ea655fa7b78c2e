package org.entente.relay.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Moved;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Rejection;
import org.entente.relay.Status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A status as JSON (docs/exchange.md §3).
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record StatusView(
        Digest exchange,
        AllianceId alliance,
        Name contract,
        Name flow,
        int attempt,
        Digest request,
        Digest arguments,
        String state,
        Optional<String> outcome,
        Optional<Long> serial,
        Optional<Problem> problem,
        Optional<Signed> rejection,
        Optional<Signed> promise,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Mark> affected) {
    /// A chain whose replaced block affects it, and from which height on.
    record Mark(ChainId chain, long height, String what) {}

    /// What a problem+json body would be.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Problem(
            String type,
            String title,
            int status,
            String detail,
            String code,
            boolean retryable,
            String next,
            Digest exchange,
            int attempt,
            Optional<Long> serial,
            List<ReadView> reads) {}

    /// A key that moved on, with both versions; no version: the key was absent.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ReadView(
            String chain,
            Optional<String> inbox,
            String key,
            Optional<Bytes> read,
            Optional<Bytes> found) {}

    /// The bytes of an object and the relay's signature over its digest.
    record Signed(Bytes object, Signature signature) {}

    static StatusView of(Status status) {
        Optional<Long> serial = status.serial().stream().boxed().findFirst();
        return new StatusView(
                status.exchange(),
                status.alliance(),
                status.flow().contract(),
                status.flow().flow(),
                status.attempt(),
                status.request(),
                status.arguments(),
                status.state().name(),
                status.end().map(Enum::name),
                serial,
                status.problem().map(why -> problem(why, status, serial)),
                status.rejection()
                        .map(each ->
                                new Signed(
                                        Rejection.FORMAT.encode(each.rejection()),
                                        each.signature())),
                status.promise()
                        .map(each ->
                                new Signed(
                                        Promise.FORMAT.encode(each.promise()), each.signature())),
                status.affected().stream()
                        .map(each -> new Mark(each.chain(), each.height(), each.what().name()))
                        .toList());
    }

    private static Problem problem(Verdict.Rejected why, Status status, Optional<Long> serial) {
        Fault fault = why.fault();
        String words = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Problem(
                "/faults/" + fault.name(),
                Character.toUpperCase(words.charAt(0)) + words.substring(1),
                fault.httpStatus(),
                why.detail(),
                fault.name(),
                fault.isRetryable(),
                fault.next(),
                status.exchange(),
                status.attempt(),
                serial,
                status.moved().stream().map(StatusView::read).toList());
    }

    private static ReadView read(Moved moved) {
        return new ReadView(
                moved.place().chain().toString(),
                Optional.of(moved.place().inbox()).filter(inbox -> !inbox.isEmpty()),
                moved.place().key().asUtf8(),
                version(moved.read()),
                version(moved.found()));
    }

    private static Optional<Bytes> version(Version version) {
        return switch (version) {
            case Version.Absent() -> Optional.empty();
            case Version.Present(Bytes bytes) -> Optional.of(bytes);
        };
    }
}
