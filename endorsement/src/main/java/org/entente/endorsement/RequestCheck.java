package org.entente.endorsement;

import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.KeyId;
import org.entente.certs.Moment;
import org.entente.certs.Requester;
import org.entente.certs.Revocation;
import org.entente.certs.Use;
import org.entente.certs.Verifier;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Request;
import org.entente.registry.Alliance;
import org.entente.registry.PartyAuthorities;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whether someone may ask for what a request says: before a serial at the moment of asking
/// (protocol.md §7, admission), and again as of the entry.
///
/// @param alliance as it stands at that moment
public record RequestCheck(Alliance alliance, Verifier verifier) {
    /// How far ahead `notAfter` may lie: agents remember what they endorsed until then.
    public static final Duration VALIDITY_MAX = Duration.ofHours(24);

    /// Certificates of this many generations hold: after a rotation the ones before run out.
    private static final int GENERATION_COUNT_MAX = 2;

    /// Everything that is checked before anything is asked of an agent. What fails is not logged.
    public Verdict admission(Ask ask, Moment at) {
        Request request = ask.request();
        return switch (Candidate.certificate(ask)) {
            case Parsed.Refused<Certificate>(Verdict.Rejected why) -> why;
            case Parsed.Value<Certificate>(Certificate certificate) ->
                    timely(request, at)
                            .and(() -> inForce(request, at))
                            .and(() -> runs(request))
                            .and(() -> requester(request, certificate, at))
                            .and(() -> signature(ask, certificate));
        };
    }

    Verdict signature(Ask ask, Certificate certificate) {
        return verifier.verify(
                        certificate.key(), Request.FORMAT.digest(ask.request()), ask.signature())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, "the certificate's key did not sign the request");
    }

    Verdict timely(Request request, Moment at) {
        if (at.time().isAfter(request.notAfter())) {
            return Verdict.rejected(
                    Fault.REQUEST_EXPIRED,
                    "notAfter is " + request.notAfter() + ", it is " + at.time());
        }
        return request.notAfter().isAfter(at.time().plus(VALIDITY_MAX))
                ? Verdict.rejected(
                        Fault.INVALID_VALUE,
                        "notAfter lies more than " + VALIDITY_MAX.toHours() + " h ahead")
                : Verdict.accepted();
    }

    /// Epoch and contract.
    Verdict inForce(Request request, Moment at) {
        if (!request.alliance().equals(alliance.id())) {
            return Verdict.rejected(
                    Fault.UNBOUND, "the request is for the alliance " + request.alliance());
        }
        long epoch = alliance.charter().record().epoch();
        if (request.epoch() != epoch) {
            return Verdict.rejected(
                    Fault.EPOCH_CHANGED, "epoch " + epoch + " is in force, not " + request.epoch());
        }
        AllianceContract contract = alliance.charter().terms().contracts().get(request.contract());
        if (contract == null || contract.flow(request.flow()).isEmpty()) {
            return Verdict.rejected(Fault.UNKNOWN_FLOW, request.contract() + "/" + request.flow());
        }
        return contract.validity().includes(at.time())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.CONTRACT_EXPIRED,
                        contract.name()
                                + " is valid from "
                                + contract.validity().from()
                                + " until "
                                + contract.validity().until());
    }

    /// The flow is neither paused nor is the alliance suspended.
    Verdict runs(Request request) {
        FlowName name = name(request);
        if (alliance.charter().isRunning(name)) {
            return Verdict.accepted();
        }
        return alliance.charter().pausedBy(name).isEmpty()
                ? Verdict.rejected(
                        Fault.ALLIANCE_STATE, "the alliance is " + alliance.charter().standing())
                : Verdict.rejected(
                        Fault.FLOW_PAUSED,
                        name + " is paused by " + alliance.charter().pausedBy(name));
    }

    /// Certificate and grant, judged by the alliance's own log alone.
    Verdict requester(Request request, Certificate certificate, Moment at) {
        if (certificate.kind() != CertificateKind.TRANSACTION) {
            return Verdict.rejected(
                    Fault.WRONG_USAGE, "a transaction certificate, not " + certificate);
        }
        Optional<PartyAuthorities.Authority> issuer = issuer(certificate);
        if (issuer.isEmpty()) {
            return Verdict.rejected(
                    Fault.UNTRUSTED_ISSUER,
                    certificate + ": no CA of a party issued it, or one rotated out");
        }
        return standing(certificate, issuer.get(), at)
                .and(() -> use(request).isCoveredBy(certificate))
                .and(() -> issued(certificate, issuer.get()));
    }

    private Verdict issued(Certificate certificate, PartyAuthorities.Authority issuer) {
        return certificate.isSignedBy(issuer.key(), verifier)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, certificate + " is not signed by that CA's key");
    }

    /// The flow that a request names, which [#inForce] found.
    Flow flow(Request request) {
        return alliance.charter().terms().flow(name(request)).orElseThrow();
    }

    private static FlowName name(Request request) {
        return new FlowName(request.contract(), request.flow());
    }

    private Use use(Request request) {
        return new Use(
                request.alliance(),
                request.contract(),
                request.flow(),
                Sorted.copyOf(
                        flow(request).requesters().stream()
                                .map(each -> new Requester(each.organisation(), each.role()))
                                .toList()));
    }

    private Optional<PartyAuthorities.Authority> issuer(Certificate certificate) {
        if (!alliance.charter().isParty(certificate.organisation())) {
            return Optional.empty();
        }
        List<PartyAuthorities> generations =
                alliance.charter()
                        .authorities()
                        .getOrDefault(certificate.organisation(), List.of());
        int oldest = Math.max(0, generations.size() - GENERATION_COUNT_MAX);
        return generations.subList(oldest, generations.size()).stream()
                .map(PartyAuthorities::transaction)
                .filter(ca -> KeyId.of(ca.key()).equals(certificate.issuerKeyId()))
                .findFirst();
    }

    private Verdict standing(
            Certificate certificate, PartyAuthorities.Authority issuer, Moment at) {
        if (at.time().isBefore(certificate.notBefore())) {
            return Verdict.rejected(
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    certificate + " begins " + certificate.notBefore() + ", it is " + at.time());
        }
        if (at.time().isAfter(certificate.notAfter())) {
            return Verdict.rejected(
                    Fault.CERTIFICATE_EXPIRED,
                    certificate + " ended " + certificate.notAfter() + ", it is " + at.time());
        }
        Revocation revocation = new Revocation(issuer.certificate(), certificate.serialNumber());
        return alliance.revocations().contains(revocation, at)
                ? Verdict.rejected(Fault.CERTIFICATE_REVOKED, certificate + " is revoked")
                : Verdict.accepted();
    }
}
