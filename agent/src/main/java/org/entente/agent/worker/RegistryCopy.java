package org.entente.agent.worker;

import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.nio.ByteBuffer;
import java.util.Optional;

/// What the relay's registry holds, folded here from its log: what a change does not prove by its
/// signatures is not taken, whatever the relay says.
final class RegistryCopy {
    private static final String LOG = "registry";
    private static final int PART_SIZE_BYTES_MAX = 1024 * 1024;

    private final RelayClient relay;
    private final Verifier verifier;
    private Registry registry = Registry.EMPTY;
    private long size;

    RegistryCopy(RelayClient relay, Verifier verifier) {
        this.relay = relay;
        this.verifier = verifier;
    }

    /// As of now. A log that became shorter is read from its beginning.
    Registry follow() throws RelayUnreachable, InterruptedException {
        long head = relay.size(LOG);
        if (head < size) {
            registry = Registry.EMPTY;
            size = 0;
        }
        while (size < head) {
            ByteBuffer frames = relay.records(LOG, size).asBuffer();
            if (!frames.hasRemaining()) {
                throw lie("it names " + head + " entries and gives " + size);
            }
            while (frames.hasRemaining() && size < head) {
                take(part(frames), part(frames), part(frames));
            }
        }
        return registry;
    }

    private void take(Bytes entry, Bytes change, Bytes approvals) throws RelayUnreachable {
        Parsed<ChangeEntry> placed =
                Entry.FORMAT
                        .decode(entry)
                        .then(read ->
                                SignedChange.parse(change, approvals)
                                        .map(signed -> new ChangeEntry(size, read.time(), signed)));
        if (placed instanceof Parsed.Refused<ChangeEntry>(var why)) {
            throw lie(why.toString());
        }
        ChangeEntry next = placed.orThrow();
        if (registry.check(next.change(), next.time(), verifier) instanceof Verdict.Rejected why) {
            throw lie(why.toString());
        }
        registry = registry.apply(next);
        size++;
    }

    private Bytes part(ByteBuffer frames) throws RelayUnreachable {
        Optional<Bytes> part = Optional.empty();
        if (frames.remaining() >= Integer.BYTES) {
            int length = frames.getInt();
            if (length >= 0 && length <= PART_SIZE_BYTES_MAX && length <= frames.remaining()) {
                byte[] content = new byte[length];
                frames.get(content);
                part = Optional.of(Bytes.copyOf(content));
            }
        }
        return part.orElseThrow(() -> lie("a record is cut or too large"));
    }

    private RelayUnreachable lie(String what) {
        return new RelayUnreachable(
                "the relay's registry log does not hold at entry " + size + ": " + what);
    }
}
