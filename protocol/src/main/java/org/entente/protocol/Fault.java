package org.entente.protocol;

import static org.entente.protocol.Fault.Blame.MEMBER;
import static org.entente.protocol.Fault.Blame.NOBODY;
import static org.entente.protocol.Fault.Blame.RELAY;
import static org.entente.protocol.Fault.Blame.SENDER;
import static org.entente.protocol.Fault.Retry.NEVER;
import static org.entente.protocol.Fault.Retry.RENEWED;
import static org.entente.protocol.Fault.Retry.SAME;

import java.util.Arrays;
import java.util.Optional;

/// The one catalogue of what can be wrong. Numbers are never reused; `docs/faults.md` is generated
/// from here.
///
/// The hundreds of a number are its family (protocol.md §10).
public enum Fault {
    MALFORMED(101, 400, SENDER, NEVER, "Send exactly the bytes that docs/formats.md describes."),
    UNKNOWN_FIELD(
            102,
            400,
            SENDER,
            NEVER,
            "Remove the field; the detail names it and the schema lists those that exist."),
    DUPLICATE_FIELD(103, 400, SENDER, NEVER, "Write each field once."),
    INVALID_VALUE(104, 422, SENDER, NEVER, "Correct the value that the detail names."),
    TOO_LARGE(105, 413, SENDER, NEVER, "Stay within the size that the detail names."),
    TOO_DEEP(106, 400, SENDER, NEVER, "Nest the JSON less deeply."),
    TOO_SLOW(107, 408, SENDER, SAME, "Send the request within the time that the detail names."),
    NOT_FOUND(108, 404, SENDER, NEVER, "Check the address and the name in it."),
    METHOD_NOT_ALLOWED(109, 405, SENDER, NEVER, "Use a method that the Allow header lists."),
    UNSUPPORTED_MEDIA_TYPE(110, 415, SENDER, NEVER, "Send the media type that the detail names."),
    ALREADY_EXISTS(
            111,
            409,
            SENDER,
            NEVER,
            "Nothing is left to do if it is the same; else choose another name."),
    UNKNOWN_ORGANISATION(
            112, 422, SENDER, NEVER, "Enrol the organisation first: entente org join."),
    UNKNOWN_NODE(113, 422, SENDER, NEVER, "Enrol the node first: entente enroll."),
    UNKNOWN_CHAIN(114, 422, SENDER, NEVER, "Add the chain first: entente chain add."),
    CONDITION_INVALID(
            115, 422, SENDER, NEVER, "Correct the CEL condition where the detail points."),
    CONDITION_TOO_COSTLY(116, 422, SENDER, NEVER, "Simplify the CEL condition."),
    BAD_PROOF(
            117,
            400,
            SENDER,
            NEVER,
            "Fetch the proof anew, for the size and the root that it is checked against."),
    UNBOUND(
            118,
            400,
            SENDER,
            NEVER,
            "Send what the digest stands for; the detail names which part belongs to another."),
    REQUEST_EXPIRED(
            119,
            422,
            SENDER,
            RENEWED,
            "Ask again with a later notAfter; compare the clocks if it was not late."),
    ATTEMPT_REUSED(
            120, 409, SENDER, NEVER, "This attempt was another request: count attempts up by one."),
    ATTEMPT_OUTDATED(
            121,
            409,
            SENDER,
            NEVER,
            "A higher attempt was ordered: ask for its state, or count on from it."),
    WRONG_CHAIN(
            122,
            422,
            SENDER,
            NEVER,
            "Sign for the chain that it is sent to; the detail names both."),
    CODE_REFUSED(
            123,
            422,
            SENDER,
            NEVER,
            "Leave out of the contract what the detail names; docs/ledger.md lists what it may"
                    + " use."),
    CALL_EXHAUSTED(
            124,
            422,
            SENDER,
            NEVER,
            "Ask less at once: the call used up its steps, its memory or its depth."),
    CALL_ABORTED(
            125, 422, SENDER, NEVER, "The contract ended the call; the detail has its reason."),

    OUTDATED(
            201,
            409,
            NOBODY,
            RENEWED,
            "The registry moved on: look at the newest state and propose again."),
    STALE_READ(
            202,
            409,
            NOBODY,
            RENEWED,
            "What it read has changed, or it was ordered before; the answer has both versions or"
                    + " the serial. Try the next attempt."),
    BASE_REFUSED(
            203,
            409,
            NOBODY,
            RENEWED,
            "It builds on an exchange that the destination did not apply: try the next attempt."),
    EPOCH_CHANGED(
            204,
            409,
            NOBODY,
            RENEWED,
            "The alliance has a new epoch record: fetch it and try the next attempt."),
    EXCHANGE_APPLIED(
            205, 409, SENDER, NEVER, "An earlier attempt took effect: its receipt is the answer."),
    EXCHANGE_UNSETTLED(
            206,
            409,
            NOBODY,
            RENEWED,
            "An earlier attempt is still being delivered: wait until it is settled."),
    READ_UNCONFIRMED(
            207,
            409,
            MEMBER,
            RENEWED,
            "Too few endorsers confirmed in time what it read: try the next attempt."),
    EPOCH_UNKNOWN(
            208,
            409,
            NOBODY,
            SAME,
            "Bring the missing epoch records first, in their order, then the same again."),
    NOT_YET(
            209,
            409,
            NOBODY,
            SAME,
            "Deliver the exchange that it builds on first, then the same again."),
    RANGE_CLOSED(
            210,
            409,
            MEMBER,
            RENEWED,
            "The destination's owner closed these keys: ask again when they are open."),
    NONCE_USED(
            211,
            409,
            SENDER,
            RENEWED,
            "Another transaction has this nonce: take the account's next one and sign anew."),
    NONCE_AHEAD(
            212,
            409,
            SENDER,
            SAME,
            "Send the transactions before it first; the detail says which nonce is next."),
    RESOURCE_ABSENT(
            213,
            409,
            SENDER,
            RENEWED,
            "Write the resource on its chain first; the detail names it."),
    PROPOSAL_OPEN(
            214,
            409,
            NOBODY,
            RENEWED,
            "Propose again when the members' open vote has ended; the detail names it."),
    PACT_UNMET(
            215,
            409,
            NOBODY,
            RENEWED,
            "Fulfil the pact when what it waits for holds; the detail names the first that does"
                    + " not."),
    SERIES_GAP(
            216,
            409,
            SENDER,
            RENEWED,
            "Register the batch that is due first, or declare those that never come as missing;"
                    + " the detail names it."),
    DATA_ERASED(217, 410, SENDER, NEVER, "Its owner had it erased; the chain keeps its hash."),

    NOT_A_PARTY(301, 403, SENDER, NEVER, "Only a party of the alliance can do this."),
    FORGEABLE(
            302,
            422,
            SENDER,
            NEVER,
            "Spread the weights so that no single organisation can forge, or set soleAuthority,"
                    + " which every party must sign."),
    THRESHOLD_TOO_LOW(303, 422, SENDER, NEVER, "Demand more than half of the total weight."),
    WEIGHT_TOO_LOW(
            304,
            403,
            SENDER,
            NEVER,
            "Collect signatures of more weight; the detail says how much is missing."),
    UNSIGNED(305, 403, SENDER, NEVER, "Sign it; the detail names whose signature is missing."),
    DOUBLY_SIGNED(306, 409, SENDER, NEVER, "Each signer signs once."),
    UNKNOWN_FLOW(307, 422, SENDER, NEVER, "Name a flow of the contract that is in force."),
    FLOW_STATE(308, 409, SENDER, NEVER, "The flow is already in that state."),
    ALLIANCE_STATE(
            309,
            409,
            SENDER,
            NEVER,
            "The alliance is suspended or dissolved; entente alliance show says since when."),
    NOT_YOURS(310, 403, SENDER, NEVER, "Only the organisation it belongs to can do this."),
    NOT_A_SIGNER(
            311,
            403,
            SENDER,
            NEVER,
            "Remove the signature that the detail names; nobody asks for it here."),
    POLICY_TOO_INTRICATE(
            312,
            422,
            SENDER,
            NEVER,
            "Use fewer different weights, so that who can forge and who can block can be"
                    + " computed exactly."),
    FLOW_PAUSED(
            313,
            409,
            MEMBER,
            RENEWED,
            "Wait until the flow runs again; entente alliance show says who paused it."),
    RESOURCE_OUTSIDE(
            314, 403, SENDER, NEVER, "Keep to the resources that the flow names on both chains."),
    BLIND_WRITE(315, 422, SENDER, NEVER, "Read every key that is written, and write at least one."),
    CERTIFICATE_USED(
            316,
            403,
            SENDER,
            RENEWED,
            "The flow wants a transaction certificate of its own for each request."),
    CONDITION_FALSE(
            317, 403, SENDER, NEVER, "The contract's condition does not hold for this request."),
    CONTRACT_EXPIRED(
            318,
            403,
            NOBODY,
            NEVER,
            "The contract is not valid at this time: the parties must amend it."),
    NOT_A_HOST(319, 403, MEMBER, NEVER, "Only a host that the node contract names proposes."),
    PAYLOAD_UNFIT(
            320,
            422,
            NOBODY,
            NEVER,
            "Correct the value on the source chain; the detail names where it is not what the"
                    + " flow's payload schema demands."),
    WRONG_STATE(
            321,
            409,
            SENDER,
            NEVER,
            "Look at the record first: the detail names the state that it is in, which lets nobody"
                    + " do this."),

    CERTIFICATE_MALFORMED(
            401,
            400,
            SENDER,
            NEVER,
            "Present a certificate that the organisation's own CA issued."),
    CERTIFICATE_EXPIRED(402, 403, SENDER, NEVER, "Renew the certificate: entente cert renew."),
    CERTIFICATE_NOT_YET_VALID(
            403,
            403,
            SENDER,
            NEVER,
            "Wait until the certificate's validity begins, or check the clock."),
    CERTIFICATE_REVOKED(404, 403, SENDER, NEVER, "Enrol anew with a new key."),
    FOREIGN_TRUST_DOMAIN(
            405, 403, SENDER, NEVER, "A CA certifies only names of its own organisation."),
    UNTRUSTED_ISSUER(
            406,
            403,
            SENDER,
            NEVER,
            "Present a certificate whose chain ends in a registered root."),
    WRONG_USAGE(
            407,
            403,
            SENDER,
            NEVER,
            "Use an identity certificate to communicate and a transaction certificate to ask."),
    WRONG_ROLE(408, 403, SENDER, NEVER, "Use a certificate with a role that the flow names."),
    WRONG_FLOW(
            409,
            403,
            SENDER,
            NEVER,
            "Use a transaction certificate whose extension names the flow."),
    BAD_SIGNATURE(
            410,
            403,
            SENDER,
            NEVER,
            "Sign the digest of the exact bytes with the key that the object names."),
    TOKEN_UNKNOWN(
            411,
            401,
            SENDER,
            NEVER,
            "Ask the organisation's administrator for a token: entente org token."),
    TOKEN_USED(412, 401, SENDER, NEVER, "A token works once; ask for another."),
    TOKEN_EXPIRED(413, 401, SENDER, NEVER, "Ask the organisation's administrator for a new token."),
    CERTIFICATE_REQUIRED(414, 401, SENDER, NEVER, "Connect with a client certificate (mTLS)."),
    UNKNOWN_ACCOUNT(415, 403, SENDER, NEVER, "Have the chain's owner admit the account's key."),

    SESSION_DISPLACED(
            416, 409, SENDER, NEVER, "Another process speaks for this agent: stop one of the two."),
    DEVICE_INACTIVE(
            421,
            403,
            SENDER,
            NEVER,
            "Only a device that is active is believed: its organisation activates it, or applies"
                    + " for another."),

    NO_PROPOSAL(
            501,
            503,
            MEMBER,
            RENEWED,
            "Ask again with the next attempt; the detail says what each host answered."),
    QUORUM_MISSED(
            502,
            503,
            MEMBER,
            RENEWED,
            "Ask again with the next attempt; the detail says who was silent or disagreed."),
    DISAGREEMENT(
            503,
            409,
            MEMBER,
            RENEWED,
            "Compare the two executions: the detail names the first difference."),
    EQUIVOCATION(
            504,
            403,
            MEMBER,
            NEVER,
            "The agent signed two proposals for one request: its organisation explains the"
                    + " evidence."),

    CHAIN_UNREACHABLE(
            601, 503, MEMBER, RENEWED, "Wait until the chain answers again; the detail names it."),
    SOURCES_DISAGREE(
            602,
            503,
            MEMBER,
            RENEWED,
            "Two nodes of the chain contradict each other: its operators compare them."),
    FINALITY_BROKEN(
            603,
            503,
            MEMBER,
            NEVER,
            "A final block was replaced: the members decide how to go on with this chain."),
    CHAIN_REFUSED(
            604,
            502,
            MEMBER,
            RENEWED,
            "The chain does not take the transaction; the detail has its own reason."),
    DATA_CORRUPT(
            605,
            503,
            MEMBER,
            RENEWED,
            "Its node heals it from a replica when it scrubs: ask again later, or the node that"
                    + " keeps the replica."),

    OVERLOADED(
            701,
            503,
            RELAY,
            SAME,
            "Wait as long as Retry-After says and send the same bytes again."),
    RATE_LIMITED(702, 429, SENDER, SAME, "Slow down; Retry-After says for how long."),
    QUOTA_SPENT(
            703,
            409,
            SENDER,
            NEVER,
            "Your organisation has as many as it may have: decide, withdraw or answer what is open,"
                    + " or wait until it lapses."),
    STORAGE_FULL(
            704,
            507,
            MEMBER,
            SAME,
            "Wait until the node's operator has made room, and send the same bytes again."),

    INTERNAL(
            901,
            500,
            RELAY,
            NEVER,
            "Report it with the time and the address; the log has the reason."),
    STOPPING(
            902,
            503,
            RELAY,
            SAME,
            "The process is stopping; send the same bytes again in a moment."),
    STARTING(
            903,
            503,
            RELAY,
            SAME,
            "The process has just begun and knows no alliance yet; send the same bytes again in a"
                    + " moment.");

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

    public FaultFamily family() {
        return FaultFamily.of(number);
    }
}
