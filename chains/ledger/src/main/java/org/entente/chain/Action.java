package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a transaction does (docs/ledger.md §2.2).
public sealed interface Action {
    int KEY_SIZE_BYTES_MAX = 256;
    int VALUE_SIZE_BYTES_MAX = 1 << 20;
    int CALL_SIZE_BYTES_MAX = Delivery.FORMAT.sizeMax();
    int WORDS_SIZE_BYTES_MAX = 64 * 1024;
    int ARGUMENTS_SIZE_BYTES_MAX = 256 * 1024;

    /// Writes a key of the chain's own state.
    ///
    /// @param expected at which version the key must be; empty: at any
    record Put(Bytes key, Optional<Version> expected, Bytes value) implements Action {
        public Put {
            requireKey(key);
            requireSize("a value", value, VALUE_SIZE_BYTES_MAX);
        }
    }

    /// Leaves a tombstone, which has a version of its own.
    record Delete(Bytes key, Optional<Version> expected) implements Action {
        public Delete {
            requireKey(key);
        }
    }

    /// By the chain's owner: a key may send transactions from now on.
    record Admit(VerifyingKey account) implements Action {}

    /// By the chain's owner: a key may not any longer; its nonce is kept.
    record Expel(VerifyingKey account) implements Action {}

    /// By the chain's owner: an inbox contract begins at an address, with epoch record 0.
    ///
    /// @param change the bytes of the change that proposed record 0
    record Found(String inbox, Bytes change) implements Action {
        public Found {
            Place.requireInbox(inbox);
            requireSize("a change", change, CALL_SIZE_BYTES_MAX);
        }
    }

    /// A call of an inbox contract that proves itself, so any account may bring it.
    ///
    /// @param notice the bytes of a delivery, an epoch notice, a cancel notice
    record Bring(Notice kind, String inbox, Bytes notice) implements Action {
        public Bring {
            Place.requireInbox(inbox);
            requireSize("a notice", notice, CALL_SIZE_BYTES_MAX);
        }
    }

    /// What can be brought to an inbox contract.
    enum Notice {
        DELIVERY,
        EPOCH,
        CANCEL
    }

    /// By the contract's owner: keys that begin so take no delivery until they are opened.
    record Close(String inbox, Bytes prefix) implements Action {
        public Close {
            Place.requireInbox(inbox);
            requireSize("a prefix", prefix, KEY_SIZE_BYTES_MAX);
        }
    }

    /// Takes a [Close] of the same prefix back.
    record Open(String inbox, Bytes prefix) implements Action {
        public Open {
            Place.requireInbox(inbox);
            requireSize("a prefix", prefix, KEY_SIZE_BYTES_MAX);
        }
    }

    /// What only the chain's consensus understands: how its members change it.
    record Govern(Bytes words) implements Action {
        public Govern {
            requireSize("what a consensus is told", words, WORDS_SIZE_BYTES_MAX);
        }
    }

    /// A pact stands from now on; its id is this transaction's.
    record Agree(Pact pact) implements Action {}

    /// Brings a pact to its end, if what it waits for holds, or its time is over. It proves itself,
    /// so any account may.
    record Fulfil(Digest pact) implements Action {}

    /// By the pact's owner: it stands no longer.
    record Withdraw(Digest pact) implements Action {}

    /// Asks a contract of the chain.
    ///
    /// @param deadline a block of this time or later does not do it any more; empty: any may
    record Call(Name contract, String method, Bytes arguments, Optional<Instant> deadline)
            implements Action {
        static final int METHOD_SIZE_MAX = 64;
        private static final Pattern METHOD = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,63}");

        public Call {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "a method has 1 to 64 letters and digits, a letter first");
            }
            requireSize("arguments", arguments, ARGUMENTS_SIZE_BYTES_MAX);
        }
    }

    static void write(Encoder encoder, Action action) {
        switch (action) {
            case Put(Bytes key, Optional<Version> expected, Bytes value) ->
                    encoder.u8(1).bytes(key).optional(expected, Version::write).bytes(value);
            case Delete(Bytes key, Optional<Version> expected) ->
                    encoder.u8(2).bytes(key).optional(expected, Version::write);
            case Admit(VerifyingKey account) -> encoder.u8(3).key(account);
            case Expel(VerifyingKey account) -> encoder.u8(4).key(account);
            case Found(String inbox, Bytes change) -> encoder.u8(5).text(inbox).bytes(change);
            case Bring(Notice kind, String inbox, Bytes notice) ->
                    encoder.u8(
                                    switch (kind) {
                                        case DELIVERY -> 6;
                                        case EPOCH -> 7;
                                        case CANCEL -> 8;
                                    })
                            .text(inbox)
                            .bytes(notice);
            case Close(String inbox, Bytes prefix) -> encoder.u8(9).text(inbox).bytes(prefix);
            case Open(String inbox, Bytes prefix) -> encoder.u8(10).text(inbox).bytes(prefix);
            case Govern(Bytes words) -> encoder.u8(11).bytes(words);
            case Agree(Pact pact) -> Pact.write(encoder.u8(12), pact);
            case Fulfil(Digest pact) -> encoder.u8(13).digest(pact);
            case Withdraw(Digest pact) -> encoder.u8(14).digest(pact);
            case Call(Name contract, String method, Bytes arguments, Optional<Instant> deadline) ->
                    encoder.u8(15)
                            .name(contract)
                            .text(method)
                            .bytes(arguments)
                            .optional(deadline, Encoder::time);
        }
    }

    static Action read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Put(
                            decoder.bytes(KEY_SIZE_BYTES_MAX),
                            decoder.optional(Version::read),
                            decoder.bytes(VALUE_SIZE_BYTES_MAX));
            case 2 ->
                    new Delete(decoder.bytes(KEY_SIZE_BYTES_MAX), decoder.optional(Version::read));
            case 3 -> new Admit(decoder.key());
            case 4 -> new Expel(decoder.key());
            case 5 -> new Found(inbox(decoder), decoder.bytes(CALL_SIZE_BYTES_MAX));
            case 6 -> bring(Notice.DELIVERY, decoder);
            case 7 -> bring(Notice.EPOCH, decoder);
            case 8 -> bring(Notice.CANCEL, decoder);
            case 9 -> new Close(inbox(decoder), decoder.bytes(KEY_SIZE_BYTES_MAX));
            case 10 -> new Open(inbox(decoder), decoder.bytes(KEY_SIZE_BYTES_MAX));
            case 11 -> new Govern(decoder.bytes(WORDS_SIZE_BYTES_MAX));
            case 12 -> new Agree(Pact.read(decoder));
            case 13 -> new Fulfil(decoder.digest());
            case 14 -> new Withdraw(decoder.digest());
            case 15 ->
                    new Call(
                            decoder.name(),
                            decoder.text(Call.METHOD_SIZE_MAX),
                            decoder.bytes(ARGUMENTS_SIZE_BYTES_MAX),
                            decoder.optional(Decoder::time));
            default -> throw new IllegalArgumentException("no action has the number " + kind);
        };
    }

    private static Bring bring(Notice kind, Decoder decoder) {
        return new Bring(kind, inbox(decoder), decoder.bytes(CALL_SIZE_BYTES_MAX));
    }

    private static String inbox(Decoder decoder) {
        return decoder.text(Place.INBOX_SIZE_BYTES_MAX);
    }

    static void requireKey(Bytes key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one byte");
        }
        requireSize("a key", key, KEY_SIZE_BYTES_MAX);
    }

    static void requireSize(String what, Bytes bytes, int sizeMax) {
        if (bytes.size() > sizeMax) {
            throw new IllegalArgumentException(
                    what + " has at most " + sizeMax + " bytes, not " + bytes.size());
        }
    }
}
