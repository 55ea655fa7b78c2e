package org.entente.chain.industrial.http.data;

import org.entente.certs.Verifier;
import org.entente.chain.Genesis;
import org.entente.chain.execution.Account;
import org.entente.chain.http.Asked;
import org.entente.chain.industrial.data.DataRequest;
import org.entente.chain.industrial.worker.data.DataNode;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Request;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Which account asks, by the signature over its request (docs/chains/industrial-data.md §6.1).
public final class Askers {
    private final Served chain;
    private final Verifier verifier;
    private final InstantSource clock;

    public Askers(Served chain, Verifier verifier, InstantSource clock) {
        this.chain = chain;
        this.verifier = verifier;
        this.clock = clock;
    }

    /// In whole milliseconds, as what is stored has it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// An account that is admitted to the chain, and signed exactly this within the last minute.
    Parsed<VerifyingKey> asker(Request request) {
        return header(request, DataNode.ACCOUNT)
                .then(Asked::hex)
                .then(bytes -> Asked.made("", _ -> new VerifyingKey(bytes)))
                .then(account ->
                        header(request, DataNode.TIME)
                                .then(Asked::number)
                                .map(Instant::ofEpochMilli)
                                .then(time ->
                                        header(request, DataNode.SIGNATURE)
                                                .then(Asked::hex)
                                                .then(bytes ->
                                                        Asked.made("", _ -> new Signature(bytes)))
                                                .then(signature ->
                                                        judged(
                                                                request, account, time,
                                                                signature))));
    }

    private static Parsed<String> header(Request request, String name) {
        return request.headers()
                .first(name)
                .map(Parsed::of)
                .orElseGet(
                        () -> Parsed.refused(Fault.UNSIGNED, "the header " + name + " is missing"));
    }

    private Parsed<VerifyingKey> judged(
            Request request, VerifyingKey account, Instant time, Signature signature) {
        DataRequest asked =
                new DataRequest(
                        genesis().chain(),
                        request.method().name(),
                        request.path(),
                        request.query(),
                        Digest.of(request.body()),
                        time);
        if (!asked.isOf(clock.instant())) {
            return Parsed.refused(
                    Fault.REQUEST_EXPIRED,
                    "signed at %s, here it is %s".formatted(time, clock.instant()));
        }
        boolean admitted =
                Account.find(chain.last().state(), account)
                        .filter(it -> it.standing() == Account.Standing.ADMITTED)
                        .isPresent();
        if (!admitted) {
            return Parsed.refused(Fault.UNKNOWN_ACCOUNT, account);
        }
        return verifier.verify(account, asked.digest(), signature)
                ? Parsed.of(account)
                : Parsed.refused(Fault.BAD_SIGNATURE, "the account did not sign this request");
    }

    /// Likewise, of a member's node.
    Parsed<VerifyingKey> member(Request request) {
        return asker(request)
                .then(account ->
                        genesis().creators().contains(account) || genesis().owner().equals(account)
                                ? Parsed.of(account)
                                : Parsed.refused(
                                        Fault.NOT_YOURS, "this is for members of the chain"));
    }

    private Genesis genesis() {
        return chain.last().genesis();
    }
}
