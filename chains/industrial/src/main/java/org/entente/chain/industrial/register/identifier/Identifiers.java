package org.entente.chain.industrial.register.identifier;

import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Prefixes and identifiers. Its keys are `prefix/` ‖ prefix, `identifier/` ‖ identifier and
/// `history/` ‖ identifier ‖ `#` ‖ version u32, of the contract `identifier`.
public record Identifiers(Records records) {
    public static final Name REGISTER = new Name("identifier");
    public static final int HISTORY_COUNT_MAX = 64;

    public static Bytes place(Prefix prefix) {
        return Bytes.utf8("prefix/" + prefix);
    }

    public static Bytes place(Identifier identifier) {
        return Bytes.utf8("identifier/" + identifier);
    }

    public static Bytes place(Identifier identifier, int version) {
        return Bytes.utf8("history/" + identifier + "#").concat(number(version));
    }

    public Optional<PrefixRecord> find(Prefix prefix) {
        return records.find(REGISTER, place(prefix), PrefixRecord.FORMAT);
    }

    public Optional<IdentifierRecord> find(Identifier identifier) {
        return records.find(REGISTER, place(identifier), IdentifierRecord.FORMAT);
    }

    /// The newest versions, the newest first.
    public List<IdentifierRecord> history(Identifier identifier) {
        int newest = find(identifier).map(IdentifierRecord::version).orElse(0);
        return IntStream.iterate(newest, version -> version - 1)
                .limit(Math.min(newest, HISTORY_COUNT_MAX))
                .mapToObj(version ->
                        records.find(REGISTER, place(identifier, version), IdentifierRecord.FORMAT)
                                .orElseThrow())
                .toList();
    }

    /// One that names something, if the account is of its owner.
    public Parsed<IdentifierRecord> owned(Identifier identifier, VerifyingKey by) {
        return active(identifier)
                .then(found ->
                        new Organisations(records).speaks(by, found.owner())
                                ? Parsed.of(found)
                                : Parsed.refused(
                                        Fault.NOT_YOURS, identifier + " is of " + found.owner()));
    }

    /// One that names something.
    public Parsed<IdentifierRecord> active(Identifier identifier) {
        Optional<IdentifierRecord> found = find(identifier);
        if (found.isEmpty()) {
            return Parsed.refused(Fault.NOT_FOUND, "nothing is called " + identifier);
        }
        return found.get().status() == IdentifierRecord.Status.ACTIVE
                ? Parsed.of(found.get())
                : Parsed.refused(Fault.WRONG_STATE, identifier + " is retired");
    }

    /// Whether an organisation is told where an identifier leads.
    ///
    /// @param by empty: nobody knows who asks
    public static boolean tells(IdentifierRecord found, Optional<OrganisationId> by) {
        return switch (found.description().level()) {
            case PUBLIC -> true;
            case MEMBERS -> by.isPresent();
            case GRANTED ->
                    by.filter(it ->
                                    it.equals(found.owner())
                                            || found.description().readers().contains(it))
                            .isPresent();
        };
    }

    private static Bytes number(int version) {
        return Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
    }
}
