package org.entente.chain.contract.sandbox;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Store;
import org.entente.chain.contract.api.Host;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Optional;

/// A contract's host during one call. Each thing is counted before it is done (docs/ledger.md
/// §13.4).
final class CallHost implements Host {
    private static final int READ_STEPS = 300;
    private static final int WRITE_STEPS = 1_000;
    private static final int FOUND_STEPS = 100;
    private static final int HASH_STEPS = 500;
    private static final int VERIFY_STEPS = 100_000;
    private static final int REASON_SIZE_MAX = 200;
    private static final int KEY_SIZE_BYTES = 64;

    private final Call call;
    private final Store store;
    private final Meter meter;
    private final Verifier verifier;

    CallHost(Call call, Store store, Meter meter, Verifier verifier) {
        this.call = call;
        this.store = store;
        this.meter = meter;
        this.verifier = verifier;
    }

    private Bytes taken(byte[] bytes) {
        meter.spendAll(bytes.length / 8);
        return Bytes.copyOf(bytes);
    }

    private byte[] given(Bytes bytes) {
        meter.allocateAll(16L + bytes.size());
        return bytes.toArray();
    }

    private void proceed() {
        if (store.verdict() instanceof Verdict.Rejected why) {
            throw new Stop(why);
        }
    }

    private Optional<Store.Entry> find(byte[] key) {
        meter.spendAll(READ_STEPS);
        Optional<Store.Entry> entry = store.find(taken(key));
        proceed();
        return entry;
    }

    @Override
    public boolean has(byte[] key) {
        return find(key).isPresent();
    }

    @Override
    public byte[] get(byte[] key) {
        return given(find(key).map(Store.Entry::value).orElse(Bytes.EMPTY));
    }

    @Override
    public byte[] version(byte[] key) {
        return given(find(key).map(it -> it.version().bytes()).orElse(Bytes.EMPTY));
    }

    @Override
    public byte[][] keys(byte[] prefix, int countMax) {
        int most = Math.clamp(countMax, 0, Store.UNDER_COUNT_MAX);
        meter.spendAll(READ_STEPS + (long) FOUND_STEPS * most);
        List<Store.Entry> found = store.under(taken(prefix), most);
        meter.allocateAll(16L + 8L * found.size());
        byte[][] keys = new byte[found.size()][];
        for (int index = 0; index < keys.length; index++) {
            keys[index] = given(found.get(index).key());
        }
        return keys;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        meter.spendAll(WRITE_STEPS);
        store.put(taken(key), taken(value));
        proceed();
    }

    @Override
    public void delete(byte[] key) {
        meter.spendAll(WRITE_STEPS);
        store.delete(taken(key));
        proceed();
    }

    @Override
    public void emit(String topic, byte[] data) {
        meter.spendAll(WRITE_STEPS);
        store.emit(named(topic), taken(data));
    }

    private static Name named(String topic) {
        try {
            return new Name(topic);
        } catch (IllegalArgumentException e) {
            throw new Stop(Fault.INVALID_VALUE, "a topic: " + e.getMessage());
        }
    }

    @Override
    public byte[] caller() {
        return given(call.caller().bytes());
    }

    @Override
    public byte[] transaction() {
        return given(call.transaction().bytes());
    }

    @Override
    public byte[] random() {
        meter.spendAll(HASH_STEPS);
        return given(call.random().bytes());
    }

    @Override
    public long blockTime() {
        meter.spendAll(1);
        return call.time().toEpochMilli();
    }

    @Override
    public long height() {
        meter.spendAll(1);
        return call.position().height();
    }

    @Override
    public byte[] hash(byte[] data) {
        meter.spendAll(HASH_STEPS + data.length);
        return given(Digest.of(taken(data)).bytes());
    }

    @Override
    public boolean verify(byte[] key, byte[] digest, byte[] signature) {
        meter.spendAll(VERIFY_STEPS);
        if (key.length != KEY_SIZE_BYTES
                || digest.length != Digest.SIZE_BYTES
                || signature.length != Signature.SIZE_BYTES) {
            return false;
        }
        return isSigned(taken(key), new Digest(taken(digest)), taken(signature));
    }

    /// Bytes that are no key or no signature signed nothing.
    private boolean isSigned(Bytes key, Digest digest, Bytes signature) {
        try {
            return verifier.verify(new VerifyingKey(key), digest, new Signature(signature));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public RuntimeException denied(String why) {
        throw stop(Fault.NOT_YOURS, why);
    }

    @Override
    public RuntimeException stale(String why) {
        throw stop(Fault.STALE_READ, why);
    }

    @Override
    public RuntimeException abort(String why) {
        throw stop(Fault.CALL_ABORTED, why);
    }

    private static Stop stop(Fault fault, String why) {
        String cut = why.substring(0, Math.min(why.length(), REASON_SIZE_MAX));
        // It goes into logs and terminals.
        return new Stop(fault, "it says: " + cut.replaceAll("[^\\x20-\\x7e]", "?"));
    }
}
