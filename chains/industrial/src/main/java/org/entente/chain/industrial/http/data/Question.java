package org.entente.chain.industrial.http.data;

import org.entente.chain.http.Asked;
import org.entente.chain.industrial.data.DataId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;

import java.io.IOException;
import java.util.Optional;

/// What stands in the query of a request about data.
final class Question {
    static final String OCTETS = "application/octet-stream";

    private Question() {}

    static Parsed<DataId> id(Request request) {
        return request.queried("id")
                .map(text -> Asked.made(text, DataId::new))
                .orElseGet(() -> Parsed.refused(Fault.INVALID_VALUE, "id names the data"));
    }

    /// A number that may be left out.
    static Parsed<Optional<Long>> number(Request request, String name) {
        return request.queried(name)
                .map(text -> Asked.number(text).map(Optional::of))
                .orElseGet(() -> Parsed.of(Optional.empty()));
    }

    static Parsed<Long> number(Request request, String name, long otherwise) {
        return number(request, name).map(found -> found.orElse(otherwise));
    }

    /// What is answered where all that was asked makes sense.
    interface Answering<T> {
        Reply answer(T value) throws IOException, InterruptedException;
    }

    static <T> Reply reply(Parsed<T> parsed, Answering<T> answering)
            throws IOException, InterruptedException {
        return switch (parsed) {
            case Parsed.Refused<T>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<T>(T value) -> answering.answer(value);
        };
    }
}
