package org.entente.protocol;

import java.util.Arrays;
import java.util.Optional;

/// The one catalogue of what can be wrong. Numbers are never reused; `docs/faults.md` is generated
/// from here.
///
/// The hundreds of a number are its family (protocol.md §10).
public enum Fault {
    MALFORMED(
            101,
            400,
            Blame.SENDER,
            Retry.NEVER,
            "Send exactly the bytes that docs/formats.md describes."),
    UNKNOWN_FIELD(
            102,
            400,
            Blame.SENDER,
            Retry.NEVER,
            "Remove the field; the detail names it and the schema lists those that exist."),
    DUPLICATE_FIELD(103, 400, Blame.SENDER, Retry.NEVER, "Write each field once."),
    INVALID_VALUE(104, 422, Blame.SENDER, Retry.NEVER, "Correct the value that the detail names."),
    TOO_LARGE(105, 413, Blame.SENDER, Retry.NEVER, "Stay within the size that the detail names."),
    TOO_DEEP(106, 400, Blame.SENDER, Retry.NEVER, "Nest the JSON less deeply."),
    TOO_SLOW(
            107,
            408,
            Blame.SENDER,
            Retry.SAME,
            "Send the request within the time that the detail names."),
    NOT_FOUND(108, 404, Blame.SENDER, Retry.NEVER, "Check the address and the name in it."),
    METHOD_NOT_ALLOWED(
            109, 405, Blame.SENDER, Retry.NEVER, "Use a method that the Allow header lists."),
    UNSUPPORTED_MEDIA_TYPE(
            110, 415, Blame.SENDER, Retry.NEVER, "Send the media type that the detail names."),
    ALREADY_EXISTS(
            111,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "Nothing is left to do if it is the same; else choose another name."),
    UNKNOWN_ORGANISATION(
            112, 422, Blame.SENDER, Retry.NEVER, "Enrol the organisation first: entente org join."),
    UNKNOWN_NODE(113, 422, Blame.SENDER, Retry.NEVER, "Enrol the node first: entente enroll."),
    UNKNOWN_CHAIN(114, 422, Blame.SENDER, Retry.NEVER, "Add the chain first: entente chain add."),
    CONDITION_INVALID(
            115,
            422,
            Blame.SENDER,
            Retry.NEVER,
            "Correct the CEL condition where the detail points."),
    CONDITION_TOO_COSTLY(116, 422, Blame.SENDER, Retry.NEVER, "Simplify the CEL condition."),
    BAD_PROOF(
            117,
            400,
            Blame.SENDER,
            Retry.NEVER,
            "Fetch the proof anew, for the size and the root that it is checked against."),
    UNBOUND(
            118,
            400,
            Blame.SENDER,
            Retry.NEVER,
            "Send what the digest stands for; the detail names which part belongs to another."),
    REQUEST_EXPIRED(
            119,
            422,
            Blame.SENDER,
            Retry.RENEWED,
            "Ask again with a later notAfter; compare the clocks if it was not late."),
    ATTEMPT_REUSED(
            120,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "This attempt was another request: count attempts up by one."),
    ATTEMPT_OUTDATED(
            121,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "A higher attempt was ordered: ask for its state, or count on from it."),
    WRONG_CHAIN(
            122,
            422,
            Blame.SENDER,
            Retry.NEVER,
            "Sign for the chain that it is sent to; the detail names both."),

    OUTDATED(
            201,
            409,
            Blame.NOBODY,
            Retry.RENEWED,
            "The registry moved on: look at the newest state and propose again."),
    STALE_READ(
            202,
            409,
            Blame.NOBODY,
            Retry.RENEWED,
            "What it read has changed, or it was ordered before; the answer has both versions or"
                    + " the serial. Try the next attempt."),
    BASE_REFUSED(
            203,
            409,
            Blame.NOBODY,
            Retry.RENEWED,
            "It builds on an exchange that the destination did not apply: try the next attempt."),
    EPOCH_CHANGED(
            204,
            409,
            Blame.NOBODY,
            Retry.RENEWED,
            "The alliance has a new epoch record: fetch it and try the next attempt."),
    EXCHANGE_APPLIED(
            205,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "An earlier attempt took effect: its receipt is the answer."),
    EXCHANGE_UNSETTLED(
            206,
            409,
            Blame.NOBODY,
            Retry.RENEWED,
            "An earlier attempt is still being delivered: wait until it is settled."),
    READ_UNCONFIRMED(
            207,
            409,
            Blame.MEMBER,
            Retry.RENEWED,
            "Too few endorsers confirmed in time what it read: try the next attempt."),
    EPOCH_UNKNOWN(
            208,
            409,
            Blame.NOBODY,
            Retry.SAME,
            "Bring the missing epoch records to the inbox contract first, then the same again."),
    NOT_YET(
            209,
            409,
            Blame.NOBODY,
            Retry.SAME,
            "Deliver the exchange that it builds on first, then the same again."),
    RANGE_CLOSED(
            210,
            409,
            Blame.MEMBER,
            Retry.RENEWED,
            "The destination's owner closed these keys: ask again when they are open."),
    NONCE_USED(
            211,
            409,
            Blame.SENDER,
            Retry.RENEWED,
            "Another transaction has this nonce: take the account's next one and sign anew."),
    NONCE_AHEAD(
            212,
            409,
            Blame.SENDER,
            Retry.SAME,
            "Send the transactions before it first; the detail says which nonce is next."),

    NOT_A_PARTY(301, 403, Blame.SENDER, Retry.NEVER, "Only a party of the alliance can do this."),
    FORGEABLE(
            302,
            422,
            Blame.SENDER,
            Retry.NEVER,
            "Spread the weights so that no single organisation can forge, or set soleAuthority,"
                    + " which every party must sign."),
    THRESHOLD_TOO_LOW(
            303, 422, Blame.SENDER, Retry.NEVER, "Demand more than half of the total weight."),
    WEIGHT_TOO_LOW(
            304,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Collect signatures of more weight; the detail says how much is missing."),
    UNSIGNED(
            305,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Sign it; the detail names whose signature is missing."),
    DOUBLY_SIGNED(306, 409, Blame.SENDER, Retry.NEVER, "Each signer signs once."),
    UNKNOWN_FLOW(
            307, 422, Blame.SENDER, Retry.NEVER, "Name a flow of the contract that is in force."),
    FLOW_STATE(308, 409, Blame.SENDER, Retry.NEVER, "The flow is already in that state."),
    ALLIANCE_STATE(
            309,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "The alliance is suspended or dissolved; entente alliance show says since when."),
    NOT_YOURS(
            310,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Only the organisation it belongs to can do this."),
    NOT_A_SIGNER(
            311,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Remove the signature that the detail names; nobody asks for it here."),
    POLICY_TOO_INTRICATE(
            312,
            422,
            Blame.SENDER,
            Retry.NEVER,
            "Use fewer different weights, so that who can forge and who can block can be"
                    + " computed exactly."),
    FLOW_PAUSED(
            313,
            409,
            Blame.MEMBER,
            Retry.RENEWED,
            "Wait until the flow runs again; entente alliance show says who paused it."),
    RESOURCE_OUTSIDE(
            314,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Keep to the resources that the flow names on both chains."),
    BLIND_WRITE(
            315,
            422,
            Blame.SENDER,
            Retry.NEVER,
            "Read every key that is written, and write at least one."),
    CERTIFICATE_USED(
            316,
            403,
            Blame.SENDER,
            Retry.RENEWED,
            "The flow wants a transaction certificate of its own for each request."),
    CONDITION_FALSE(
            317,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "The contract's condition does not hold for this request."),
    CONTRACT_EXPIRED(
            318,
            403,
            Blame.NOBODY,
            Retry.NEVER,
            "The contract is not valid at this time: the parties must amend it."),
    NOT_A_HOST(
            319,
            403,
            Blame.MEMBER,
            Retry.NEVER,
            "Only a host that the node contract names proposes."),

    CERTIFICATE_MALFORMED(
            401,
            400,
            Blame.SENDER,
            Retry.NEVER,
            "Present a certificate that the organisation's own CA issued."),
    CERTIFICATE_EXPIRED(
            402, 403, Blame.SENDER, Retry.NEVER, "Renew the certificate: entente cert renew."),
    CERTIFICATE_NOT_YET_VALID(
            403,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Wait until the certificate's validity begins, or check the clock."),
    CERTIFICATE_REVOKED(404, 403, Blame.SENDER, Retry.NEVER, "Enrol anew with a new key."),
    FOREIGN_TRUST_DOMAIN(
            405,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "A CA certifies only names of its own organisation."),
    UNTRUSTED_ISSUER(
            406,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Present a certificate whose chain ends in a registered root."),
    WRONG_USAGE(
            407,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Use an identity certificate to communicate and a transaction certificate to ask."),
    WRONG_ROLE(
            408,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Use a certificate with a role that the flow names."),
    WRONG_FLOW(
            409,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Use a transaction certificate whose extension names the flow."),
    BAD_SIGNATURE(
            410,
            403,
            Blame.SENDER,
            Retry.NEVER,
            "Sign the digest of the exact bytes with the key that the object names."),
    TOKEN_UNKNOWN(
            411,
            401,
            Blame.SENDER,
            Retry.NEVER,
            "Ask the organisation's administrator for a token: entente org token."),
    TOKEN_USED(412, 401, Blame.SENDER, Retry.NEVER, "A token works once; ask for another."),
    TOKEN_EXPIRED(
            413,
            401,
            Blame.SENDER,
            Retry.NEVER,
            "Ask the organisation's administrator for a new token."),
    CERTIFICATE_REQUIRED(
            414, 401, Blame.SENDER, Retry.NEVER, "Connect with a client certificate (mTLS)."),
    UNKNOWN_ACCOUNT(
            415, 403, Blame.SENDER, Retry.NEVER, "Have the chain's owner admit the account's key."),

    OVERLOADED(
            701,
            503,
            Blame.RELAY,
            Retry.SAME,
            "Wait as long as Retry-After says and send the same bytes again."),
    RATE_LIMITED(702, 429, Blame.SENDER, Retry.SAME, "Slow down; Retry-After says for how long."),
    QUOTA_SPENT(
            703,
            409,
            Blame.SENDER,
            Retry.NEVER,
            "Your organisation has as many as it may have: decide, withdraw or answer what is open,"
                    + " or wait until it lapses."),

    INTERNAL(
            901,
            500,
            Blame.RELAY,
            Retry.NEVER,
            "Report it with the time and the address; the log has the reason."),
    STOPPING(
            902,
            503,
            Blame.RELAY,
            Retry.SAME,
            "The process is stopping; send the same bytes again in a moment.");

    /// Whose doing it is.
    public enum Blame {
        SENDER,
        MEMBER,
        RELAY,
        NOBODY
    }

    /// Whether trying again can help, and with what.
    public enum Retry {
        NEVER,
        /// The same bytes again.
        SAME,
        /// A renewed attempt, signed anew.
        RENEWED
    }

    /// The kinds of trouble; a number's hundreds.
    public enum Family {
        REQUEST,
        CONFLICT,
        POLICY,
        IDENTITY,
        QUORUM,
        CHAIN,
        LIMIT,
        INTERNAL
    }

    private final int number;
    private final int httpStatus;
    private final Blame blame;
    private final Retry retry;
    private final String next;

    Fault(int number, int httpStatus, Blame blame, Retry retry, String next) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.blame = blame;
        this.retry = retry;
        this.next = next;
    }

    public static Optional<Fault> numbered(int number) {
        return Arrays.stream(values()).filter(fault -> fault.number == number).findFirst();
    }

    public int number() {
        return number;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public Blame blame() {
        return blame;
    }

    public Retry retry() {
        return retry;
    }

    public boolean isRetryable() {
        return retry != Retry.NEVER;
    }

    /// What to do next, in words.
    public String next() {
        return next;
    }

    public Family family() {
        return switch (number / 100) {
            case 1 -> Family.REQUEST;
            case 2 -> Family.CONFLICT;
            case 3 -> Family.POLICY;
            case 4 -> Family.IDENTITY;
            case 5 -> Family.QUORUM;
            case 6 -> Family.CHAIN;
            case 7 -> Family.LIMIT;
            case 9 -> Family.INTERNAL;
            default -> throw new IllegalStateException(this + " has no family: " + number);
        };
    }
}
